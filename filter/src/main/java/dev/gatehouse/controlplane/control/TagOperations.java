package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.Writing;
import dev.gatehouse.definition.ApiDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Operations on the tags of any resource. Its ARN is one percent-encoded segment of the path. */
final class TagOperations {

    static final List<Operation> ALL = List.of(
            Operation.of("GetTags", "GET", "/tags/{resource_arn}", 200, TagOperations::get),
            Operation.of("TagResource", "PUT", "/tags/{resource_arn}", 204, TagOperations::tag),
            Operation.of("UntagResource", "DELETE", "/tags/{resource_arn}", 204, TagOperations::untag));

    /** Everything that can be tagged. */
    private static final List<Taggable> TAGGABLE = List.of(
            new TaggedApi(),
            StageOperations.TAGGED,
            ApiKeyOperations.TAGGED,
            UsagePlanOperations.TAGGED,
            VpcLinkOperations.TAGGED,
            ClientCertificateOperations.TAGGED,
            DomainNameOperations.TAGGED,
            AccessAssociationOperations.TAGGED);

    private TagOperations() {}

    private static Answer get(Call call) {
        Tagged tagged = Tagged.of(call);
        Map<String, String> tags = call.read(reading -> tagged.kind().tags(reading, call, tagged.labels()));
        ObjectNode answer = Documents.object();
        ObjectNode members = answer.putObject("tags");
        tags.forEach(members::put);
        return Answer.json(answer);
    }

    private static Answer tag(Call call) {
        Members body = call.body("tagResourceInput");
        Map<String, String> added = body.has("tags") ? body.stringMap("tags") : Map.of();
        if (!body.has("tags")) {
            body.required("tags");
        }
        Tagged tagged = Tagged.of(call);
        return change(call, tagged, tags -> tags.putAll(added));
    }

    private static Answer untag(Call call) {
        List<String> keys = call.queryAll("tagKeys");
        return change(call, Tagged.of(call), tags -> tags.keySet().removeAll(keys));
    }

    private interface Change {
        void apply(Map<String, String> tags);
    }

    private static Answer change(Call call, Tagged tagged, Change change) {
        call.write(writing -> {
            Map<String, String> tags = new LinkedHashMap<>(tagged.kind().tags(writing, call, tagged.labels()));
            change.apply(tags);
            Tags.check(tags);
            tagged.kind().tag(writing, call, tagged.labels(), tags);
            return tags;
        });
        return Answer.NOTHING;
    }

    /** The tags of what a request is about, or of the nearest thing around it that can have tags; empty where there is none. */
    static Map<String, String> around(Reading reading, Call call, Target target) {
        List<String> segments = new ArrayList<>(target.subject());
        if (segments.size() == 2 && segments.get(0).equals("tags")) {
            segments = Tagged.path(segments.get(1), call.home().region());
        }
        while (!segments.isEmpty()) {
            Tagged tagged = Tagged.at(segments);
            if (tagged != null) {
                return tagged.tagsOrNone(reading, call);
            }
            segments.remove(segments.size() - 1);
        }
        return Map.of();
    }

    /** A resource by its ARN or its path. */
    private record Tagged(Taggable kind, List<String> labels) {

        static Tagged of(Call call) {
            Tagged tagged = at(path(call.label("resource_arn"), call.home().region()));
            if (tagged == null) {
                throw ControlError.badRequest("Invalid ARN specified in the request");
            }
            return tagged;
        }

        /** @return the segments of the path in an ARN of that region; empty where it is none */
        static List<String> path(String arn, String region) {
            String[] parts = arn.split(":", 6);
            boolean here = parts.length == 6
                    && parts[0].equals("arn")
                    && parts[2].equals("apigateway")
                    && parts[3].equals(region)
                    && parts[5].startsWith("/");
            return new ArrayList<>(here ? List.of(parts[5].substring(1).split("/", -1)) : List.of());
        }

        /** @return null where nothing with tags has such a path */
        static Tagged at(List<String> segments) {
            for (Taggable kind : TAGGABLE) {
                List<String> labels = labels(List.of(kind.path().substring(1).split("/")), segments);
                if (labels != null) {
                    return new Tagged(kind, labels);
                }
            }
            return null;
        }

        Map<String, String> tagsOrNone(Reading reading, Call call) {
            try {
                return kind.tags(reading, call, labels);
            } catch (ControlError absent) {
                return Map.of();
            }
        }

        private static List<String> labels(List<String> pattern, List<String> segments) {
            if (pattern.size() != segments.size()) {
                return null;
            }
            List<String> labels = new ArrayList<>();
            for (int i = 0; i < pattern.size(); i++) {
                if (pattern.get(i).startsWith("{") && !segments.get(i).isEmpty()) {
                    labels.add(segments.get(i));
                } else if (!pattern.get(i).equals(segments.get(i))) {
                    return null;
                }
            }
            return labels;
        }
    }

    private static final class TaggedApi implements Taggable {

        @Override
        public String path() {
            return "/restapis/{restapi_id}";
        }

        @Override
        public Map<String, String> tags(Reading reading, Call call, List<String> labels) {
            return Apis.get(reading, call, labels.get(0)).restApi().tags();
        }

        @Override
        public void tag(Writing writing, Call call, List<String> labels, Map<String, String> tags) {
            ApiDefinition api = Apis.get(writing, call, labels.get(0));
            Apis.put(writing, api.with(draft -> draft.restApi = api.restApi().with(change -> change.tags = tags)));
        }
    }
}
