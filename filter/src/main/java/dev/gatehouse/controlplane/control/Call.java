package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.controlplane.sdk.SdkGenerator;
import dev.gatehouse.controlplane.store.DefinitionStore;
import dev.gatehouse.controlplane.store.Entry;
import dev.gatehouse.controlplane.store.Order;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.StoreConflictException;
import dev.gatehouse.controlplane.store.Writing;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.definition.ThrottleSettings;
import dev.gatehouse.definition.UsagePlan;
import dev.gatehouse.http.Headers;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One call of one operation: what was asked, and the way to the store. An operation first reads all of its input, and the store
 * then: input that the service model does not allow is refused in between.
 */
final class Call {

    private static final Pattern STATUS_CODE = Pattern.compile("[1-5]\\d\\d");

    private final ControlRequest request;
    private final Target target;
    private final Map<String, String> labels;
    private final Caller caller;
    private final Home home;
    private final ThrottleSettings accountThrottle;
    private final DefinitionStore store;
    private final Publisher publisher;
    private final SdkGenerator sdks;
    private final List<String> violations = new ArrayList<>();
    private Members body;

    Call(
            ControlRequest request,
            Target target,
            Map<String, String> labels,
            Caller caller,
            Home home,
            ThrottleSettings accountThrottle,
            DefinitionStore store,
            Publisher publisher,
            SdkGenerator sdks) {
        this.request = request;
        this.target = target;
        this.labels = labels;
        this.caller = caller;
        this.home = home;
        this.accountThrottle = accountThrottle;
        this.store = store;
        this.publisher = publisher;
        this.sdks = sdks;
    }

    // ---- what was asked

    Caller caller() {
        return caller;
    }

    Headers headers() {
        return request.headers();
    }

    /** A label of the path, decoded. */
    String label(String name) {
        String value = labels.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the path of this operation has no label " + name);
        }
        return value;
    }

    /** The label {@code status_code}; a wrong one is a violation. Read it after the body, as Amazon does. */
    String statusCode() {
        String code = label("status_code");
        if (!STATUS_CODE.matcher(code).matches()) {
            violations.add("Value '" + code + "' at 'statusCode' failed to satisfy constraint: "
                    + "Member must satisfy regular expression pattern: " + STATUS_CODE);
        }
        return code;
    }

    /** A label that stands for an enum value; a wrong one is a violation. */
    <E extends Enum<E>> E enumLabel(String label, String member, Class<E> type) {
        String name = label(label);
        for (E constant : type.getEnumConstants()) {
            if (constant.toString().equals(name)) {
                return constant;
            }
        }
        violations.add(
                "Value '" + name + "' at '" + member + "' failed to satisfy constraint: " + Members.memberOf(type));
        return null;
    }

    /** The first value of a query parameter; null where there is none. */
    String query(String name) {
        return target.first(name);
    }

    List<String> queryAll(String name) {
        return target.query().getOrDefault(name, List.of());
    }

    Map<String, List<String>> query() {
        return target.query();
    }

    boolean queryFlag(String name) {
        return "true".equals(target.first(name));
    }

    /** The body as it came, for operations that take documents. */
    byte[] document() {
        return request.body();
    }

    /** @param input name of the input shape of the service model with a small initial, such as {@code createRestApiInput} */
    Members body(String input) {
        JsonNode sent = request.body().length == 0 ? Documents.object() : Documents.parse(request.body());
        if (!sent.isObject()) {
            throw ControlError.serialization("Expected structure or null");
        }
        body = new Members(sent, input, violations);
        return body;
    }

    // ---- the way to the store

    /** See {@link DefinitionStore#read}. */
    <T> T read(Function<? super Reading, T> work) {
        refuseWhatIsWrong();
        return store.read(work);
    }

    /** See {@link DefinitionStore#write}. */
    <T> T write(Function<? super Writing, T> work) {
        refuseWhatIsWrong();
        try {
            return store.write(work);
        } catch (StoreConflictException e) {
            throw concurrentModification();
        }
    }

    private void refuseWhatIsWrong() {
        List<String> unknown = body == null ? List.of() : body.unknown().toList();
        if (!unknown.isEmpty()) {
            throw ControlError.badRequest("Not supported: " + String.join(", ", unknown));
        }
        if (!violations.isEmpty()) {
            throw ControlError.validation(violations);
        }
    }

    // ---- the way to the data plane

    /** Why a stage could not be served; empty where it could. */
    List<Problem> problems(Release release) {
        return publisher.check(release);
    }

    /** Has the stages of an API served as the store has them now. To be called after the write that changed them. */
    void publish(String restApiId) {
        publisher.publish(restApiId);
    }

    /** Has API keys and usage plans count as the store has them now. To be called after the write that changed them. */
    void publishAccess() {
        publisher.publishAccess();
    }

    /** See {@link DataPlane#usage}. */
    Map<String, List<long[]>> usage(UsagePlan plan, Set<String> keyIds, LocalDate from, LocalDate to) {
        return publisher.usage(plan, keyIds, from, to);
    }

    /** See {@link DataPlane#extendQuota}. */
    void extendQuota(UsagePlan plan, String keyId, long remaining) {
        publisher.extendQuota(plan, keyId, remaining);
    }

    /** Has VPC links known as the store has them now. To be called after the write that changed them. */
    void publishLinks() {
        publisher.publishLinks();
    }

    /** See {@link DataPlane#leadsTo}. */
    boolean leadsTo(String targetArn) {
        return publisher.leadsTo(targetArn);
    }

    /** Has requests to custom domain names led as the store says now. To be called after the write that changed it. */
    void publishDomains() {
        publisher.publishDomains();
    }

    /** Runs a method that need not be deployed. Not to be called within a read or a write: it waits for a backend. */
    MethodTrial.Result test(MethodTrial trial) {
        return publisher.test(trial);
    }

    /** Asks an authorizer that need not be deployed. As {@link #test(MethodTrial)}. */
    AuthorizerTrial.Result test(AuthorizerTrial trial) {
        return publisher.test(trial);
    }

    /** The latest calls of a stage that were traced, the latest first. */
    List<CallRecord> traces(String restApiId, String stageName) {
        return publisher.traces(restApiId, stageName);
    }

    /** Has forgotten what Lambda authorizers have said at a stage. */
    void flushAuthorizers(String restApiId, String stageName) {
        publisher.flushAuthorizers(restApiId, stageName);
    }

    static ControlError concurrentModification() {
        return ControlError.conflict(
                "Unable to complete operation due to concurrent modification. Please try again later.");
    }

    // ---- clients

    SdkGenerator sdks() {
        return sdks;
    }

    /** Where this caller reaches a stage: below the gateway as far as that is known, else where Amazon would have it. */
    String invokeUrl(String restApiId, String stageName) {
        return request.gateway() == null
                ? "https://" + restApiId + ".execute-api." + home.region() + ".amazonaws.com/" + stageName
                : request.gateway() + "/_aws/execute-api/" + restApiId + "/" + stageName;
    }

    // ---- where it happens

    Home home() {
        return home;
    }

    /** The limit over all calls of the data plane; null for none. */
    ThrottleSettings accountThrottle() {
        return accountThrottle;
    }

    Instant now() {
        return home.now();
    }

    // ---- lists

    /**
     * One page of entries of the store.
     *
     * @param shape null leaves an entry out, and others take its place
     */
    Answer page(Reading reading, String kind, String parent, Order order, Function<Entry, JsonNode> shape) {
        Paging paging = Paging.of(target);
        ArrayNode items = Documents.object().arrayNode();
        if (paging.limit() == 0) {
            return page(items, null);
        }
        OptionalLong after = paging.afterSequence();
        long last = 0;
        int chunk = paging.limit() + 1;
        while (true) {
            List<Entry> entries = reading.list(kind, parent, order, after, chunk);
            for (Entry entry : entries) {
                JsonNode item = shape.apply(entry);
                if (item != null && items.size() == paging.limit()) {
                    return page(items, Paging.position(String.valueOf(last)));
                }
                if (item != null) {
                    items.add(item);
                    last = entry.sequence();
                }
            }
            if (entries.size() < chunk) {
                return page(items, null);
            }
            after = OptionalLong.of(entries.get(entries.size() - 1).sequence());
            chunk = Paging.MOST;
        }
    }

    /**
     * One page of things that are kept together, in the order of their keys.
     *
     * @param key unique, and the same from page to page
     */
    <T> Answer page(List<T> all, Function<T, String> key, Function<T, JsonNode> shape) {
        Paging paging = Paging.of(target);
        List<T> rest = all.stream()
                .filter(one -> paging.after() == null || key.apply(one).compareTo(paging.after()) > 0)
                .sorted(Comparator.comparing(key))
                .toList();
        ArrayNode items = Documents.object().arrayNode();
        rest.stream().limit(paging.limit()).map(shape).forEach(items::add);
        String position = rest.size() <= paging.limit() || paging.limit() == 0
                ? null
                : Paging.position(key.apply(rest.get(paging.limit() - 1)));
        return page(items, position);
    }

    /** A list that has no pages. */
    static Answer whole(List<? extends JsonNode> all) {
        ArrayNode items = Documents.object().arrayNode();
        items.addAll(all);
        return page(items, null);
    }

    private static Answer page(ArrayNode items, String position) {
        ObjectNode answer = Documents.object();
        answer.set("item", items);
        if (position != null) {
            answer.put("position", position);
        }
        return Answer.json(answer);
    }
}
