package dev.gatehouse.compile;

import dev.gatehouse.definition.AuthorizationType;
import dev.gatehouse.definition.EndpointType;
import dev.gatehouse.definition.IpAddressType;
import dev.gatehouse.definition.Method;
import dev.gatehouse.definition.MethodSetting;
import dev.gatehouse.definition.RestApi;
import dev.gatehouse.definition.Stage;

/**
 * What API Gateway knows and this version does not enforce. A definition that asks for it does not deploy: a gateway that reads
 * "authorize" and lets everybody in is worse than none.
 */
final class Unsupported {

    private Unsupported() {}

    static void check(RestApi api, Place root) {
        root.unsupported(api.securityPolicy() != null, "x-amazon-apigateway-security-policy");
        root.unsupported(api.endpointAccessMode() != null, "x-amazon-apigateway-endpoint-access-mode");
        Place endpoint = root.at("x-amazon-apigateway-endpoint-configuration");
        if (api.endpointConfiguration() != null) {
            endpoint.unsupported(!api.endpointConfiguration().vpcEndpointIds().isEmpty(), "vpcEndpointIds");
            endpoint.unsupported(
                    api.endpointConfiguration().ipAddressType() == IpAddressType.dualstack, "ipAddressType");
            endpoint.unsupported(api.endpointConfiguration().types().contains(EndpointType.PRIVATE), "PRIVATE");
        }
    }

    static void check(Stage stage, Place place) {
        place.unsupported(stage.clientCertificateId() != null, "clientCertificateId");
        place.unsupported(stage.cacheClusterEnabled(), "cacheClusterEnabled");
        place.unsupported(stage.cacheClusterSize() != null, "cacheClusterSize");
        place.unsupported(stage.tracingEnabled(), "tracingEnabled");
        place.unsupported(stage.webAclArn() != null, "webAclArn");
        stage.methodSettings()
                .forEach((key, setting) ->
                        check(setting, place.at("methodSettings").at(key)));
    }

    /** A stage that a file declares and its canary have one deployment between them. */
    static void checkOneDeployment(Stage stage, Place place) {
        if (stage.canarySettings() != null) {
            String canary = stage.canarySettings().deploymentId();
            place.at("canarySettings")
                    .unsupported(canary != null && !canary.equals(stage.deploymentId()), "deploymentId");
        }
    }

    private static void check(MethodSetting setting, Place place) {
        place.unsupported(setting.metricsEnabled(), "metricsEnabled");
        place.unsupported(setting.cachingEnabled(), "cachingEnabled");
        place.unsupported(setting.cacheDataEncrypted(), "cacheDataEncrypted");
    }

    static void check(Method method, Place place) {
        if (method.authorizationType() == AuthorizationType.NONE && method.authorizerId() != null) {
            place.problem("the method names an authorizer, but its authorizationType is NONE: nobody would ask it");
        }
        if (method.authorizationType() != AuthorizationType.COGNITO_USER_POOLS
                && !method.authorizationScopes().isEmpty()) {
            place.problem("the method names authorizationScopes, but only a user pool authorizer checks scopes");
        }
    }
}
