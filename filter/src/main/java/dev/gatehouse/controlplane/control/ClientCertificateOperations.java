package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.Key;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.definition.ClientCertificate;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Operations on certificates that the gateway shows to backends. A private key lies apart from its certificate, under {@link
 * #PRIVATE_KEY}: no operation reads it, so none can tell it.
 */
final class ClientCertificateOperations {

    /** Kind of the entries that hold private keys, {@code {"privateKey": <PKCS #8, Base64>}}, by id of the certificate. */
    static final String PRIVATE_KEY = "clientcertificatekey";

    private static final String UNKNOWN = "Invalid Client Certificate identifier specified";

    private static final Shelf<ClientCertificate> CERTIFICATES =
            new Shelf<>("clientcertificate", ClientCertificate.class, ClientCertificate::clientCertificateId, UNKNOWN);

    private static final String ID = "clientcertificate_id";
    private static final String ONE = "/clientcertificates/{" + ID + "}";

    /** API Gateway developer guide, client certificates. */
    private static final Duration VALIDITY = Duration.ofDays(365);

    static final List<Operation> ALL = List.of(
            Operation.of(
                    "GenerateClientCertificate",
                    "POST",
                    "/clientcertificates",
                    201,
                    ClientCertificateOperations::generate),
            Operation.of("GetClientCertificates", "GET", "/clientcertificates", 200, CERTIFICATES::list),
            Operation.of("GetClientCertificate", "GET", ONE, 200, call -> CERTIFICATES.show(call, ID)),
            Operation.of("UpdateClientCertificate", "PATCH", ONE, 200, ClientCertificateOperations::update),
            Operation.of("DeleteClientCertificate", "DELETE", ONE, 202, ClientCertificateOperations::delete));

    static final Taggable TAGGED = new TaggedEntry<>(
            "/clientcertificates/{clientcertificate_id}",
            (reading, labels) -> CERTIFICATES.get(reading, labels.get(0)),
            ClientCertificate::tags,
            (writing, certificate, tags) ->
                    CERTIFICATES.put(writing, with(certificate, certificate.description(), tags)));

    private static final Patch<ClientCertificate> PATCH = Patch.<ClientCertificate>of(Patch.LISTING)
            .on(
                    "replace",
                    "/description",
                    (certificate, op) -> with(certificate, op.valueOrNull(), certificate.tags()));

    private ClientCertificateOperations() {}

    private static Answer generate(Call call) {
        Members body = call.body("generateClientCertificateInput");
        String description = body.string("description");
        Map<String, String> tags = body.stringMap("tags");
        Tags.check(tags);
        String id = call.home().newId(6);
        Instant now = call.now();
        Instant expiry = now.plus(VALIDITY);
        // outside of the write, which may run again: a key pair takes its time
        SelfSignedCertificate generated = SelfSignedCertificate.generate("Gatehouse " + id, serial(call), now, expiry);
        ClientCertificate certificate = new ClientCertificate(id, description, generated.pem(), now, expiry, tags);
        call.write(writing -> {
            CERTIFICATES.put(writing, certificate);
            String key = Documents.text(Documents.object().put("privateKey", generated.privateKey()));
            return writing.put(Key.of(PRIVATE_KEY, id), key);
        });
        return Answer.json(Documents.wire(certificate));
    }

    /** Positive, and of 64 bits at least as the rules of public authorities want it. */
    private static BigInteger serial(Call call) {
        return BigInteger.valueOf(call.home().random().getAsLong() & Long.MAX_VALUE)
                .shiftLeft(Long.SIZE)
                .or(BigInteger.valueOf(call.home().random().getAsLong() & Long.MAX_VALUE))
                .setBit(Long.SIZE);
    }

    private static Answer update(Call call) {
        return CERTIFICATES.update(call, ID, "updateClientCertificateInput", PATCH);
    }

    private static Answer delete(Call call) {
        String id = call.label("clientcertificate_id");
        call.write(writing -> {
            CERTIFICATES.get(writing, id);
            checkUnused(writing, id);
            CERTIFICATES.remove(writing, id);
            return writing.remove(Key.of(PRIVATE_KEY, id));
        });
        return Answer.NOTHING;
    }

    /** For what names a certificate. */
    static void checkKnown(Reading reading, String id) {
        if (!CERTIFICATES.has(reading, id)) {
            throw ControlError.badRequest(UNKNOWN);
        }
    }

    private static void checkUnused(Reading reading, String id) {
        List<String> users = reading.list(Apis.KIND, "").stream()
                .map(entry -> entry.key().id())
                .flatMap(apiId -> Stages.all(reading, apiId).stream()
                        .filter(stage -> id.equals(stage.clientCertificateId()))
                        .map(stage -> apiId + "/" + stage.stageName()))
                .toList();
        if (!users.isEmpty()) {
            throw ControlError.badRequest(
                    "Client certificate " + id + " is used by these stages: " + String.join(", ", users));
        }
    }

    private static ClientCertificate with(ClientCertificate before, String description, Map<String, String> tags) {
        return new ClientCertificate(
                before.clientCertificateId(),
                description,
                before.pemEncodedCertificate(),
                before.createdDate(),
                before.expirationDate(),
                tags);
    }
}
