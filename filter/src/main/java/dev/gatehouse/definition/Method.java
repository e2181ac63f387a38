package dev.gatehouse.definition;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * An HTTP verb of a resource. Absent scalars are null.
 *
 * @param httpMethod {@code ANY} stands for every verb that the resource does not declare itself
 * @param authorizerId set for {@code CUSTOM} and {@code COGNITO_USER_POOLS}
 * @param requestParameters {@code method.request.<location>.<name>} to whether it is required
 * @param requestModels media type to model name
 * @param methodResponses by status code
 * @param methodIntegration null as long as none is defined; such a method cannot be deployed
 */
public record Method(
        String httpMethod,
        AuthorizationType authorizationType,
        String authorizerId,
        boolean apiKeyRequired,
        String requestValidatorId,
        String operationName,
        Map<String, Boolean> requestParameters,
        Map<String, String> requestModels,
        Map<String, MethodResponse> methodResponses,
        Integration methodIntegration,
        List<String> authorizationScopes) {

    public Method {
        requestParameters = Frozen.map(requestParameters);
        requestModels = Frozen.map(requestModels);
        methodResponses = Frozen.map(methodResponses);
        authorizationScopes = Frozen.list(authorizationScopes);
    }

    /** Amazon's defaults where there are any, the rest absent. */
    public static Draft draft() {
        return new Draft();
    }

    /** This value with changes. */
    public Method with(Consumer<Draft> change) {
        Draft draft = new Draft();
        draft.httpMethod = httpMethod;
        draft.authorizationType = authorizationType;
        draft.authorizerId = authorizerId;
        draft.apiKeyRequired = apiKeyRequired;
        draft.requestValidatorId = requestValidatorId;
        draft.operationName = operationName;
        draft.requestParameters = requestParameters;
        draft.requestModels = requestModels;
        draft.methodResponses = methodResponses;
        draft.methodIntegration = methodIntegration;
        draft.authorizationScopes = authorizationScopes;
        change.accept(draft);
        return draft.build();
    }

    /** The components as plain fields, for the moment in which a value is put together; not thread-safe. */
    public static final class Draft {

        public String httpMethod;
        public AuthorizationType authorizationType = AuthorizationType.NONE;
        public String authorizerId;
        public boolean apiKeyRequired;
        public String requestValidatorId;
        public String operationName;
        public Map<String, Boolean> requestParameters = Map.of();
        public Map<String, String> requestModels = Map.of();
        public Map<String, MethodResponse> methodResponses = Map.of();
        public Integration methodIntegration;
        public List<String> authorizationScopes = List.of();

        private Draft() {}

        public Method build() {
            return new Method(
                    httpMethod,
                    authorizationType,
                    authorizerId,
                    apiKeyRequired,
                    requestValidatorId,
                    operationName,
                    requestParameters,
                    requestModels,
                    methodResponses,
                    methodIntegration,
                    authorizationScopes);
        }
    }
}
