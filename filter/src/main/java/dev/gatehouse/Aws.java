package dev.gatehouse;

import dev.gatehouse.configuration.AwsConfiguration;
import dev.gatehouse.configuration.AwsCredentials;
import dev.gatehouse.configuration.GatehouseConfiguration;
import dev.gatehouse.engine.aws.AwsServices;
import dev.gatehouse.engine.aws.Roles;
import dev.gatehouse.engine.aws.ServiceEndpoints;
import dev.gatehouse.engine.aws.Sts;
import dev.gatehouse.engine.signature.Credentials;
import dev.gatehouse.engine.signature.SigV4Signer;
import dev.gatehouse.http.HttpSender;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of AWS one deployment of the configuration can call.
 *
 * @param endpoints where the services are
 * @param roles what is signed with
 * @param services signs and sends
 */
record Aws(ServiceEndpoints endpoints, Roles roles, AwsServices services) {

    static Aws of(GatehouseConfiguration configuration, HttpSender http, InstantSource clock) {
        SigV4Signer signer = new SigV4Signer(clock);
        ServiceEndpoints endpoints = ServiceEndpoints.of(configuration.aws().endpoints().stream()
                .map(one ->
                        new ServiceEndpoints.Elsewhere(one.service(), one.region(), one.endpoint(), one.signingName()))
                .toList());
        Roles roles = new Roles(
                configuration.aws().roles().stream()
                        .map(role -> new Roles.Part(
                                role.roleArn(),
                                keys(role.credentials(), configuration.credentials()),
                                role.assumeRole(),
                                role.externalId()))
                        .toList(),
                new Sts(http, signer, endpoints.find("sts", configuration.region())),
                clock);
        return new Aws(endpoints, roles, new AwsServices(http, signer, roles, System::nanoTime));
    }

    /** What the configuration names as places of services. */
    static Set<Endpoint> named(AwsConfiguration configuration) {
        return configuration.endpoints().stream()
                .map(one -> Endpoint.of(one.endpoint()))
                .collect(Collectors.toSet());
    }

    /** @return null for no name */
    static Credentials keys(String name, Map<String, AwsCredentials> all) {
        AwsCredentials pair = all.get(String.valueOf(name));
        return pair == null ? null : new Credentials(pair.accessKeyId(), pair.secretAccessKey(), pair.sessionToken());
    }
}
