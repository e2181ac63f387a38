package dev.gatehouse.compile;

import dev.gatehouse.dataplane.observe.AccessLog;
import dev.gatehouse.dataplane.snapshot.BinaryMediaTypes;
import dev.gatehouse.dataplane.snapshot.CompiledMethod;
import dev.gatehouse.dataplane.snapshot.CompiledStage;
import dev.gatehouse.definition.AccessLogSettings;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.ApiKeySourceType;
import dev.gatehouse.definition.CanarySettings;
import dev.gatehouse.definition.Method;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.definition.Resource;
import dev.gatehouse.definition.Stage;
import dev.gatehouse.engine.policy.Policy;
import dev.gatehouse.engine.routing.RouteConflictException;
import dev.gatehouse.engine.routing.RouteTable;
import dev.gatehouse.engine.schema.ModelSchemas;
import dev.gatehouse.engine.template.TemplateEngine;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes a running stage of a deployment: templates, patterns and expressions are parsed, names are resolved, and what cannot be
 * enforced is refused by name. Thread-safe.
 */
public final class StageCompiler {

    private final ApiOwner owner;
    private final MethodCompiler methods;
    private final GatewayResponseCompiler gatewayResponses = new GatewayResponseCompiler();

    /**
     * @param owner of the APIs
     * @param templates parses mapping templates
     * @param reachable which functions and services can be called
     * @param access what authorization needs
     */
    public StageCompiler(ApiOwner owner, TemplateEngine templates, Reachable reachable, AccessParts access) {
        this.owner = owner;
        this.methods = new MethodCompiler(
                new IntegrationCompiler(new MappingCompiler(templates), reachable),
                new AccessCompiler(owner, access, reachable),
                new ValidationCompiler(false));
    }

    private StageCompiler(ApiOwner owner, MethodCompiler methods) {
        this.owner = owner;
        this.methods = methods;
    }

    /**
     * A compiler of methods that refuse bodies for whose content type they have no model, where they validate bodies: Amazon
     * lets these pass unchecked.
     */
    public StageCompiler refusingUnmodelled() {
        return new StageCompiler(owner, methods.with(new ValidationCompiler(true)));
    }

    /**
     * @param document name of the document that problems point into
     * @param definition what the deployment froze
     * @param stage its settings; the id of its deployment is the one compiled
     * @param passesUnmatched see {@link CompiledStage#passesUnmatched}
     */
    public Compilation compile(String document, ApiDefinition definition, Stage stage, boolean passesUnmatched) {
        Place root = Place.root(document);
        Unsupported.checkOneDeployment(stage, root.at("stages").at(String.valueOf(stage.stageName())));
        return compile(definition, definition, stage, root, passesUnmatched);
    }

    /**
     * As above, for a canary that has a deployment of its own.
     *
     * @param canary what the deployment of the canary froze
     */
    public Compilation compile(
            String document, ApiDefinition definition, ApiDefinition canary, Stage stage, boolean passesUnmatched) {
        return compile(definition, canary, stage, Place.root(document), passesUnmatched);
    }

    private Compilation compile(
            ApiDefinition definition, ApiDefinition canary, Stage stage, Place root, boolean passesUnmatched) {
        Unsupported.check(definition.restApi(), root);
        if (canary != definition) {
            Unsupported.check(canary.restApi(), root);
        }
        Unsupported.check(stage, root.at("stages").at(String.valueOf(stage.stageName())));
        CompiledStage compiled = stage(
                definition,
                stage,
                stage.variables(),
                canary(canary, stage, root, passesUnmatched),
                root,
                passesUnmatched);
        return root.problems().isEmpty()
                ? new Compilation.Compiled(compiled)
                : new Compilation.Refused(root.problems().stream().distinct().toList());
    }

    /** Compiled on its own: a variable may change which function is called. */
    private CompiledStage.Canary canary(ApiDefinition definition, Stage stage, Place root, boolean passesUnmatched) {
        CanarySettings settings = stage.canarySettings();
        if (settings == null) {
            return null;
        }
        Map<String, String> variables = new LinkedHashMap<>(stage.variables());
        variables.putAll(settings.stageVariableOverrides());
        Stage own = settings.deploymentId() == null
                ? stage
                : stage.with(draft -> draft.deploymentId = settings.deploymentId());
        CompiledStage overridden = stage(definition, own, variables, null, root, passesUnmatched);
        return new CompiledStage.Canary(settings.percentTraffic(), overridden);
    }

    private CompiledStage stage(
            ApiDefinition definition,
            Stage stage,
            Map<String, String> variables,
            CompiledStage.Canary canary,
            Place root,
            boolean passesUnmatched) {
        String arn = owner.arn(definition.restApi().id());
        Policy resourcePolicy = ResourcePolicyCompiler.compile(
                definition.restApi().policy(), arn, root.at("x-amazon-apigateway-policy"));
        Settings settings = new Settings(stage.methodSettings());
        settings.check(definition, root.at("stages").at(stage.stageName()).at("methodSettings"));
        return new CompiledStage(
                arn + "/" + stage.stageName(),
                owner.accountId(),
                definition.restApi().id(),
                definition.restApi().name(),
                stage.stageName(),
                stage.deploymentId(),
                variables,
                routes(definition, stage, resourcePolicy, variables, settings, root),
                gatewayResponses.compile(definition.gatewayResponses(), root),
                definition.restApi().apiKeySource() == ApiKeySourceType.AUTHORIZER,
                BinaryMediaTypes.of(definition.restApi().binaryMediaTypes()),
                canary,
                passesUnmatched,
                definition.restApi().disableExecuteApiEndpoint(),
                definition.restApi().minimumCompressionSize(),
                accessLog(stage, root.at("stages").at(stage.stageName()).at("accessLogSettings")));
    }

    /** Settings come one by one from the control plane: while one is missing there is no log. */
    private static AccessLog accessLog(Stage stage, Place place) {
        AccessLogSettings settings = stage.accessLogSettings();
        boolean complete = settings != null && settings.format() != null && settings.destinationArn() != null;
        return complete ? place.parsed(() -> AccessLog.of(settings.format(), settings.destinationArn()), null) : null;
    }

    /** @return what a stranger may call in these stages */
    public Exposure exposure(ApiDefinition definition, Collection<String> stageNames) {
        return Exposure.of(
                definition, stageNames, owner.arn(definition.restApi().id()));
    }

    /** What is wrong with a stage, whatever it serves. */
    public static List<Problem> problems(String document, Stage stage) {
        Place root = Place.root(document);
        Unsupported.checkOneDeployment(stage, root.at("stages").at(String.valueOf(stage.stageName())));
        Unsupported.check(stage, root.at("stages").at(String.valueOf(stage.stageName())));
        return root.problems();
    }

    private RouteTable<CompiledMethod> routes(
            ApiDefinition definition,
            Stage stage,
            Policy resourcePolicy,
            Map<String, String> variables,
            Settings settings,
            Place root) {
        RouteTable.Builder<CompiledMethod> routes = RouteTable.builder();
        boolean any = false;
        ModelSchemas models = ValidationCompiler.models(definition, root);
        for (Resource resource : definition.resources()) {
            Place path = root.at("paths").at(resource.path());
            for (Map.Entry<String, Method> entry : resource.resourceMethods().entrySet()) {
                any = true;
                Place place = path.at(openApiKey(entry.getKey()));
                methods.compile(
                                resource,
                                entry.getValue(),
                                definition,
                                models,
                                resourcePolicy,
                                settings.throttle(
                                        definition.restApi().id(), stage.stageName(), resource, entry.getKey()),
                                settings.logging(resource, entry.getKey()),
                                variables,
                                place)
                        .ifPresent(method -> add(routes, resource, entry.getKey(), method, place));
            }
        }
        if (!any) {
            root.at("paths").problem("The REST API doesn't contain any methods");
        }
        return routes.build();
    }

    private static void add(
            RouteTable.Builder<CompiledMethod> routes,
            Resource resource,
            String verb,
            CompiledMethod method,
            Place place) {
        try {
            routes.add(resource.path(), verb, method);
        } catch (RouteConflictException e) {
            place.problem(e.getMessage());
        }
    }

    private static String openApiKey(String verb) {
        return verb.equals("ANY") ? "x-amazon-apigateway-any-method" : verb.toLowerCase(Locale.ROOT);
    }
}
