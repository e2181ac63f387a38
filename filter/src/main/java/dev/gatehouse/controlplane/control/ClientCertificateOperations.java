package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.Entry;
import dev.gatehouse.controlplane.store.Key;
import dev.gatehouse.controlplane.store.Order;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.Writing;
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

    private static final String KIND = "clientcertificate";
    private static final String UNKNOWN = "Invalid Client Certificate identifier specified";
    private static final String ONE = "/clientcertificates/{clientcertificate_id}";

    /** API Gateway developer guide, client certificates. */
    private static final Duration VALIDITY = Duration.ofDays(365);

    static final List<Operation> ALL = List.of(
            Operation.of(
                    "GenerateClientCertificate",
                    "POST",
                    "/clientcertificates",
                    201,
                    ClientCertificateOperations::generate),
            Operation.of("GetClientCertificates", "GET", "/clientcertificates", 200, ClientCertificateOperations::list),
            Operation.of("GetClientCertificate", "GET", ONE, 200, ClientCertificateOperations::get),
            Operation.of("UpdateClientCertificate", "PATCH", ONE, 200, ClientCertificateOperations::update),
            Operation.of("DeleteClientCertificate", "DELETE", ONE, 202, ClientCertificateOperations::delete));

    static final Taggable TAGGED = new TaggedEntry<>(
            "/clientcertificates/{clientcertificate_id}",
            (reading, labels) -> one(reading, labels.get(0)),
            ClientCertificate::tags,
            (writing, certificate, tags) -> put(writing, with(certificate, certificate.description(), tags)));

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
            put(writing, certificate);
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

    private static Answer list(Call call) {
        return call.read(
                reading -> call.page(reading, KIND, "", Order.NEWEST_FIRST, entry -> Documents.wire(read(entry))));
    }

    private static Answer get(Call call) {
        String id = call.label("clientcertificate_id");
        ClientCertificate certificate = call.read(reading -> one(reading, id));
        return Answer.json(Tags.shown(Documents.wire(certificate)));
    }

    private static Answer update(Call call) {
        List<PatchOperation> operations =
                call.body("updateClientCertificateInput").patchOperations();
        String id = call.label("clientcertificate_id");
        ClientCertificate updated = call.write(writing -> {
            ClientCertificate after = PATCH.apply(one(writing, id), operations);
            put(writing, after);
            return after;
        });
        return Answer.json(Tags.shown(Documents.wire(updated)));
    }

    private static Answer delete(Call call) {
        String id = call.label("clientcertificate_id");
        call.write(writing -> {
            one(writing, id);
            checkUnused(writing, id);
            writing.remove(Key.of(PRIVATE_KEY, id));
            return writing.remove(Key.of(KIND, id));
        });
        return Answer.NOTHING;
    }

    /** For what names a certificate. */
    static void checkKnown(Reading reading, String id) {
        if (reading.get(Key.of(KIND, id)).isEmpty()) {
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

    private static ClientCertificate one(Reading reading, String id) {
        return reading.get(Key.of(KIND, id))
                .map(ClientCertificateOperations::read)
                .orElseThrow(() -> ControlError.notFound(UNKNOWN));
    }

    private static ClientCertificate read(Entry entry) {
        return Documents.read(entry.json(), ClientCertificate.class);
    }

    private static void put(Writing writing, ClientCertificate certificate) {
        writing.put(Key.of(KIND, certificate.clientCertificateId()), Documents.text(certificate));
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
