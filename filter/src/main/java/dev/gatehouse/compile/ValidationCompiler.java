package dev.gatehouse.compile;

import dev.gatehouse.dataplane.snapshot.BodyModels;
import dev.gatehouse.dataplane.snapshot.RequestValidation;
import dev.gatehouse.dataplane.snapshot.RequestValidation.Location;
import dev.gatehouse.dataplane.snapshot.RequestValidation.RequiredParameter;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.Method;
import dev.gatehouse.definition.Model;
import dev.gatehouse.definition.RequestValidator;
import dev.gatehouse.engine.schema.JsonSchema;
import dev.gatehouse.engine.schema.ModelSchemas;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is checked of a request before its integration is called: required parameters, and bodies against models. */
final class ValidationCompiler {

    private static final String PREFIX = "method.request.";

    /** Every API has them (recorded), also one whose document does not mention them. */
    private static final Map<String, String> BUILT_IN = Map.of(
            "Empty", "{\"type\":\"object\"}",
            "Error", "{\"type\":\"object\",\"properties\":{\"message\":{\"type\":\"string\"}}}");

    private final boolean refusesUnmodelled;

    /** @param refusesUnmodelled see {@link BodyModels#exclusive} */
    ValidationCompiler(boolean refusesUnmodelled) {
        this.refusesUnmodelled = refusesUnmodelled;
    }

    /** The models of an API, read when a method asks for them; problems are noted below {@code models}. */
    static ModelSchemas models(ApiDefinition definition, Place root) {
        Map<String, String> texts = new HashMap<>(BUILT_IN);
        for (Model model : definition.models()) {
            texts.put(model.name(), model.schema() == null ? "" : model.schema());
        }
        Place place = root.at("models");
        return new ModelSchemas(
                definition.restApi().id(),
                texts,
                (model, pointer, message) -> place.at(model).below(pointer).problem(message));
    }

    RequestValidation compile(Method method, ApiDefinition definition, ModelSchemas models, Place place) {
        Optional<RequestValidator> validator = definition.requestValidators().stream()
                .filter(known -> known.id().equals(method.requestValidatorId()))
                .findFirst();
        if (method.requestValidatorId() != null && validator.isEmpty()) {
            place.problem("the request validator of this method does not exist");
        }
        List<RequiredParameter> required = required(method, place);
        boolean parameters = validator.isPresent() && validator.get().validateRequestParameters();
        boolean bodies = validator.isPresent() && validator.get().validateRequestBody();
        return new RequestValidation(
                parameters ? required : List.of(), bodies ? bodies(method, models, place) : BodyModels.NONE);
    }

    private BodyModels bodies(Method method, ModelSchemas models, Place place) {
        Map<String, JsonSchema> byMediaType = new HashMap<>();
        method.requestModels().forEach((mediaType, name) -> {
            if (isXml(mediaType)) {
                // Amazon checks JSON only
                return;
            }
            Optional<JsonSchema> schema = models.compile(name);
            if (schema.isPresent()) {
                byMediaType.put(mediaType, schema.get());
            } else {
                place.at("requestModels").at(mediaType).problem("there is no usable model '" + name + "'");
            }
        });
        return BodyModels.of(byMediaType, refusesUnmodelled);
    }

    private static boolean isXml(String mediaType) {
        return mediaType.endsWith("/xml") || mediaType.endsWith("+xml");
    }

    private static List<RequiredParameter> required(Method method, Place place) {
        List<RequiredParameter> required = new ArrayList<>();
        method.requestParameters()
                .forEach((name, isRequired) ->
                        parameter(name, place).filter(parameter -> isRequired).ifPresent(required::add));
        required.sort(Comparator.comparing(RequiredParameter::location).thenComparing(RequiredParameter::name));
        return List.copyOf(required);
    }

    private static Optional<RequiredParameter> parameter(String name, Place place) {
        String rest = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : "";
        int dot = rest.indexOf('.');
        String parameter = rest.substring(dot + 1);
        switch (dot < 0 ? "" : rest.substring(0, dot)) {
            case "header":
                return Optional.of(new RequiredParameter(Location.HEADER, parameter));
            case "path":
                return Optional.of(new RequiredParameter(Location.PATH, parameter));
            case "querystring":
                return Optional.of(new RequiredParameter(Location.QUERYSTRING, parameter));
            case "multivalueheader", "multivaluequerystring":
                // may be declared, is never required (own decision: Amazon's behaviour is not known)
                return Optional.empty();
            default:
                place.problem("'" + name + "' is not a request parameter; expected method.request."
                        + "{path|querystring|header|multivaluequerystring|multivalueheader}.name");
                return Optional.empty();
        }
    }
}
