package dev.gatehouse;

import dev.gatehouse.configuration.GatehouseConfiguration;
import dev.gatehouse.configuration.IdentityConfiguration;
import dev.gatehouse.configuration.PolicyText;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.engine.identity.Identity;
import dev.gatehouse.engine.identity.IdentityPolicies;
import dev.gatehouse.engine.identity.IdentitySource;
import dev.gatehouse.engine.policy.Policy;
import dev.gatehouse.engine.policy.PolicyReading;
import dev.gatehouse.engine.signature.KeySource.Key;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The identities of the configuration, with the policies that lie in documents of their own. */
final class DeclaredIdentities {

    /** More is too long for a policy in any encoding, and the compiler says so. */
    private static final int DOCUMENT_LIMIT = 64 * 1024;

    private final DocumentSource documents;
    private final List<Problem> problems;
    private final Map<String, Optional<Policy>> policies = new HashMap<>();

    private DeclaredIdentities(DocumentSource documents, List<Problem> problems) {
        this.documents = documents;
        this.problems = problems;
    }

    /** @param problems gets what is wrong with the documents, each once */
    static IdentitySource of(GatehouseConfiguration configuration, DocumentSource documents, List<Problem> problems) {
        DeclaredIdentities declared = new DeclaredIdentities(documents, problems);
        Map<String, Key<Identity>> keys = new HashMap<>();
        for (IdentityConfiguration identity : configuration.identities()) {
            Key<Identity> key = declared.key(identity);
            keys.put(identity.credentials().accessKeyId(), identity.disabled() ? Key.disabled(key.principal()) : key);
        }
        return IdentitySource.of(keys);
    }

    private Key<Identity> key(IdentityConfiguration configured) {
        List<Policy> attached = new ArrayList<>();
        for (PolicyText text : configured.policies()) {
            if (text instanceof PolicyText.Inline inline) {
                attached.add(inline.policy());
            } else if (text instanceof PolicyText.Document document) {
                policies.computeIfAbsent(document.name(), this::compile).ifPresent(attached::add);
            }
        }
        Identity identity = new Identity(
                configured.credentials().accessKeyId(),
                configured.principal(),
                configured.userId(),
                configured.tags(),
                attached);
        return new Key<>(
                List.of(configured.credentials().secretAccessKey()),
                configured.credentials().sessionToken(),
                null,
                identity);
    }

    private Optional<Policy> compile(String name) {
        try (InputStream in = documents.open(name)) {
            if (in == null) {
                problems.add(Problem.error(name, "", "there is no such document (policy of an identity)"));
                return Optional.empty();
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in.readNBytes(DOCUMENT_LIMIT)))
                    .toString();
            PolicyReading reading = IdentityPolicies.compile(text);
            reading.problems()
                    .forEach(problem -> problems.add(Problem.error(name, problem.pointer(), problem.message())));
            return reading.policy();
        } catch (CharacterCodingException notUtf8) {
            problems.add(Problem.error(name, "", "is not UTF-8"));
        } catch (IOException e) {
            problems.add(Problem.error(name, "", "cannot be read: " + e.getMessage()));
        }
        return Optional.empty();
    }
}
