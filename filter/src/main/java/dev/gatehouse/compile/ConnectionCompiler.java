package dev.gatehouse.compile;

import dev.gatehouse.definition.ConnectionType;
import dev.gatehouse.definition.Integration;
import dev.gatehouse.definition.IntegrationType;
import dev.gatehouse.http.ClientProfile;
import java.util.Map;

/**
 * By which client a backend is called: {@code connectionType}, {@code connectionId}, {@code integrationTarget} and {@code
 * tlsConfig}. Source: API Gateway API reference, Integration and TlsConfig.
 */
final class ConnectionCompiler {

    private final Reachable reachable;

    ConnectionCompiler(Reachable reachable) {
        this.reachable = reachable;
    }

    /**
     * @param overHttp whether the integration calls an HTTP backend: only these have any of it
     * @return {@link ClientProfile#INTERNET} also where a problem is noted
     */
    ClientProfile compile(Integration integration, boolean overHttp, Map<String, String> variables, Place place) {
        boolean linked = integration.connectionType() == ConnectionType.VPC_LINK;
        boolean anyAuthority =
                integration.tlsConfig() != null && integration.tlsConfig().insecureSkipVerification();
        if (!overHttp) {
            checkNone(integration, linked, anyAuthority, place);
            return ClientProfile.INTERNET;
        }
        if (!linked) {
            if (integration.connectionId() != null) {
                place.at("connectionId").problem("belongs to connectionType VPC_LINK");
            }
            if (integration.integrationTarget() != null) {
                place.at("integrationTarget").problem("belongs to connectionType VPC_LINK");
            }
            return new ClientProfile(null, null, anyAuthority);
        }
        if (integration.connectionId() == null) {
            place.at("connectionId").problem("is required for connectionType VPC_LINK");
            return ClientProfile.INTERNET;
        }
        Place idPlace = place.at("connectionId");
        String id = StageVariables.filled(integration.connectionId(), variables, idPlace);
        ClientProfile link =
                id == null ? null : idPlace.parsed(() -> reachable.vpcLink(id, integration.integrationTarget()), null);
        return link == null ? ClientProfile.INTERNET : new ClientProfile(link.vpcLink(), link.listener(), anyAuthority);
    }

    private static void checkNone(Integration integration, boolean linked, boolean anyAuthority, Place place) {
        String only = IntegrationType.HTTP + " and " + IntegrationType.HTTP_PROXY + " integrations of http(s) backends";
        if (linked) {
            place.at("connectionType").problem("VPC_LINK is for " + only);
        }
        if (integration.integrationTarget() != null) {
            place.at("integrationTarget").problem("is for " + only);
        }
        if (anyAuthority) {
            place.at("tlsConfig").problem("insecureSkipVerification is for " + only);
        }
        if (!linked && integration.connectionId() != null) {
            place.at("connectionId").problem("belongs to connectionType VPC_LINK");
        }
    }
}
