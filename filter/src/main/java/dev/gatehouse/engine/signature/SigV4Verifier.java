package dev.gatehouse.engine.signature;

import dev.gatehouse.engine.signature.KeySource.Key;
import dev.gatehouse.engine.signature.Verification.Kind;
import dev.gatehouse.engine.signature.Verification.Rejected;
import dev.gatehouse.engine.signature.Verification.Verified;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Proves who signed a request that comes in, in its {@code Authorization} header or in its query (presigned). Sources: AWS
 * Identity and Access Management user guide, "Create a signed AWS API request", and the answers of API Gateway to wrong ones.
 * Thread-safe.
 *
 * <p>A signature is good five minutes before and after its time; a presigned one as long as it says, a week at most. It speaks
 * of method, path, query, body and the signed headers; {@code host} is always among them. Other headers may be added on the
 * way. The body's hash is computed from the bytes received, whatever {@code X-Amz-Content-Sha256} declares: a client that
 * signed another one signed another body. Only a presigned request may be signed for {@code UNSIGNED-PAYLOAD}. The path may be signed as sent, or without dot segments and repeated
 * slashes as the signers of AWS write it.
 *
 * <p>An unknown or disabled access key costs the same work as a known one with a wrong signature.
 *
 * @param <P> whom an access key stands for
 */
public final class SigV4Verifier<P> {

    private static final long SKEW = 5 * 60;
    private static final int LONGEST_REGION = 32;
    private static final byte[] UNSIGNED = SigningScope.utf8("UNSIGNED-PAYLOAD");
    private static final byte[] ALGORITHM_LINE = SigningScope.utf8(SigningScope.ALGORITHM + "\n");
    private static final String TERMINATOR = "aws4_request";
    private static final String NOBODY = "nobody";
    private static final byte[] EMPTY_HASH = SigningScope.utf8(SigningScope.sha256(new byte[0]));

    private final KeySource<P> keys;
    private final InstantSource clock;
    private final String region;
    private final String service;
    private final Statements statements = new Statements();
    private final SigningKeys signingKeys = new SigningKeys();
    private final Workbench.Pool workbenches = new Workbench.Pool();

    /**
     * @param clock what the time of a signature is compared with
     * @param region that requests must be signed for; null for any: the scope of what was verified tells which
     * @param service signing name that requests must be signed for, such as {@code execute-api}
     */
    public SigV4Verifier(KeySource<P> keys, InstantSource clock, String region, String service) {
        this.keys = Objects.requireNonNull(keys, "keys");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.region = region;
        this.service = Objects.requireNonNull(service, "service");
    }

    /** @return who signed, or why nobody may be assumed to have; never null, and no exception for any request */
    public Verification<P> verify(SignedRequest request) {
        return open(request.head()).prove(request.body());
    }

    /**
     * Looks at everything but the body: most requests that cannot be good need not be read.
     *
     * @return never null
     */
    public Opened<P> open(SignedRequest.Head request) {
        Claim claim = Claim.of(request, statements);
        if (claim instanceof Claim.Unusable unusable) {
            return Opened.rejected(unusable.kind(), unusable.message());
        }
        Claim.Stated stated = (Claim.Stated) claim;
        Instant now = clock.instant();
        String objection = objection(stated, now);
        return objection == null
                ? new Opened<>(null, body -> prove(request, body, stated, now))
                : Opened.rejected(Kind.INVALID_SIGNATURE, objection);
    }

    /**
     * Whether a request brings an {@code Authorization} header, and one that nobody could prove.
     *
     * @return what is wrong with its form; empty where it has the right form, and where there is no such header
     */
    public static Optional<Rejected<Void>> malformation(SignedRequest.Head request) {
        boolean claims = request.headers().contains("Authorization");
        return claims && Claim.of(request, new Statements()) instanceof Claim.Unusable unusable
                ? Optional.of(new Rejected<>(unusable.kind(), unusable.message()))
                : Optional.empty();
    }

    /**
     * A request that has been looked at.
     *
     * @param rejection why nobody signed it, whatever the body; null where that cannot be told yet
     * @param proof the other half
     */
    public record Opened<P>(Rejected<P> rejection, Function<byte[], Verification<P>> proof) {

        private static <P> Opened<P> rejected(Kind kind, String message) {
            Rejected<P> rejected = new Rejected<>(kind, message);
            return new Opened<>(rejected, body -> rejected);
        }

        /** @param body the bytes received; must not change meanwhile */
        public Verification<P> prove(byte[] body) {
            return proof.apply(body);
        }
    }

    private Verification<P> prove(SignedRequest.Head head, byte[] body, Claim.Stated stated, Instant now) {
        Workbench workbench = workbenches.take();
        try {
            return prove(new SignedRequest(head, body), stated, now, workbench);
        } finally {
            workbenches.giveBack(workbench);
        }
    }

    /** What is wrong before anybody computes anything; null where nothing is. */
    private String objection(Claim.Stated stated, Instant now) {
        Statement statement = stated.statement();
        String scope = scopeObjection(statement, stated.timestamp().text());
        if (!scope.isEmpty()) {
            return scope;
        }
        if (statement.signedHeaders().length > Statement.MOST_HEADERS) {
            return "'SignedHeaders' must not name more than " + Statement.MOST_HEADERS + " headers.";
        }
        return statement.signsHost()
                ? timeObjection(stated, now.getEpochSecond())
                : "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.";
    }

    private String scopeObjection(Statement statement, String timestamp) {
        boolean sameRegion = region == null ? isRegion(statement.region()) : region.equals(statement.region());
        boolean sameService = service.equals(statement.service());
        boolean sameEnd = TERMINATOR.equals(statement.terminator());
        boolean sameDate = statement.date().length() == 8 && timestamp.startsWith(statement.date());
        if (sameRegion && sameService && sameEnd && sameDate) {
            return "";
        }
        return (sameRegion ? "" : "Credential should be scoped to a valid region. ")
                + (sameService ? "" : "Credential should be scoped to correct service: '" + service + "'. ")
                + (sameEnd
                        ? ""
                        : "Credential should be scoped with a valid terminator: '" + TERMINATOR + "', not '"
                                + statement.terminator() + "'. ")
                + (sameDate
                        ? ""
                        : "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '"
                                + statement.date() + "' != '" + timestamp.substring(0, 8) + "', from '" + timestamp
                                + "'. ");
    }

    /** Letters, digits and hyphens: enough to keep it from being more than one part of an ARN. */
    private static boolean isRegion(String text) {
        boolean region = !text.isEmpty() && text.length() <= LONGEST_REGION;
        for (int i = 0; i < text.length() && region; i++) {
            char c = text.charAt(i);
            region = c >= 'a' && c <= 'z' || c == '-' || c >= '0' && c <= '9';
        }
        return region;
    }

    private static String timeObjection(Claim.Stated stated, long now) {
        long signed = stated.timestamp().epochSecond();
        if (signed > now + SKEW) {
            return "Signature not yet current: " + stated.timestamp().text() + " is still later than "
                    + text(now + SKEW) + " (" + text(now) + " + 5 min.)";
        }
        long good = stated.presigned() ? stated.expires() : SKEW;
        if (signed < now - good) {
            return "Signature expired: " + stated.timestamp().text() + " is now earlier than " + text(now - good) + " ("
                    + text(now) + " - " + (good % 60 == 0 ? good / 60 + " min.)" : good + " sec.)");
        }
        return null;
    }

    private static String text(long epochSecond) {
        return Timestamp.of(Instant.ofEpochSecond(epochSecond)).text();
    }

    private Verification<P> prove(SignedRequest request, Claim.Stated stated, Instant now, Workbench workbench) {
        Statement statement = stated.statement();
        SigningScope scope = new SigningScope(stated.timestamp().text(), statement.region(), service);
        Key<P> key = keys.find(statement.accessKeyId())
                .filter(known -> !known.isDisabled())
                .orElse(null);
        boolean proven = matches(request, stated, signingKeys(statement, scope, key), workbench);
        // written for nobody, too: it is work
        String mismatch = proven ? null : mismatch(workbench);
        if (key == null || !sameToken(key.sessionToken(), stated.sessionToken())) {
            return new Rejected<>(Kind.UNRECOGNIZED_CLIENT, "The security token included in the request is invalid.");
        }
        if (key.expiration() != null && !now.isBefore(key.expiration())) {
            return new Rejected<>(Kind.EXPIRED_TOKEN, "The security token included in the request is expired");
        }
        return proven
                ? new Verified<>(statement.accessKeyId(), key.principal(), scope)
                : new Rejected<>(Kind.INVALID_SIGNATURE, mismatch);
    }

    /** One for each secret; one for nobody, too. */
    private SigningKey[] signingKeys(Statement statement, SigningScope scope, Key<P> key) {
        if (key == null) {
            return new SigningKey[] {signingKeys.of(NOBODY, NOBODY, scope)};
        }
        List<String> secrets = key.secretAccessKeys();
        SigningKey[] all = new SigningKey[secrets.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = signingKeys.of(statement.accessKeyId(), secrets.get(i), scope);
        }
        return all;
    }

    private static boolean sameToken(String expected, String sent) {
        if (expected == null || sent == null) {
            return expected == sent;
        }
        return MessageDigest.isEqual(SigningScope.utf8(expected), SigningScope.utf8(sent));
    }

    /**
     * Tries the spellings in which signers may have signed this request; nearly always there is one. Goes through all of them,
     * whatever it finds: the work must not depend on the key. Ends with the spelling that the signers of AWS use.
     */
    private static boolean matches(
            SignedRequest request, Claim.Stated stated, SigningKey[] signingKeys, Workbench workbench) {
        byte[] payload = payload(request.body(), workbench);
        String raw = request.rawPath();
        String normalised = PathRule.normalise(raw);
        boolean proven = !normalised.equals(raw) && matches(request, stated, signingKeys, workbench, raw, payload);
        return proven | matches(request, stated, signingKeys, workbench, normalised, payload);
    }

    private static boolean matches(
            SignedRequest request,
            Claim.Stated stated,
            SigningKey[] signingKeys,
            Workbench workbench,
            String path,
            byte[] payload) {
        CanonicalText text = workbench.request;
        text.truncate(0);
        text.append(request.method()).append('\n');
        text.path(path).append('\n');
        text.query(request.rawQuery()).append('\n');
        text.headers(request.headers(), request.host(), stated.statement().signedHeaders());
        text.append(stated.statement().headersLine());
        int hashAt = text.length();
        boolean proven = false;
        if (stated.presigned()) {
            text.append(UNSIGNED);
            proven = signed(stated, signingKeys, workbench);
            text.truncate(hashAt);
        }
        text.append(payload);
        return proven | signed(stated, signingKeys, workbench);
    }

    /** @return its hash, in hexadecimal */
    private static byte[] payload(byte[] body, Workbench workbench) {
        if (body.length == 0) {
            return EMPTY_HASH;
        }
        byte[] hash = new byte[Hexadecimal.DIGITS];
        Hexadecimal.write(workbench.hash(body, body.length), hash, 0);
        return hash;
    }

    private static boolean signed(Claim.Stated stated, SigningKey[] signingKeys, Workbench workbench) {
        byte[] hash = workbench.hash(workbench.request.bytes(), workbench.request.length());
        CanonicalText text = workbench.toSign;
        text.truncate(0);
        text.append(ALGORITHM_LINE);
        text.append(stated.timestamp().text()).append('\n');
        text.append(stated.statement().scopeLine());
        text.hex(hash);
        boolean proven = false;
        for (SigningKey signingKey : signingKeys) {
            proven |= workbench.isSignedWith(signingKey, stated.signature());
        }
        return proven;
    }

    /** The client sees what we signed. */
    private static String mismatch(Workbench workbench) {
        return "The request signature we calculated does not match the signature you provided. Check your AWS Secret"
                + " Access Key and signing method. Consult the service documentation for details.\n\n"
                + "The Canonical String for this request should have been\n'" + workbench.request + "'\n\n"
                + "The String-to-Sign should have been\n'" + workbench.toSign + "'\n";
    }
}
