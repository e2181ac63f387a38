package dev.gatehouse.engine.signature;

import dev.gatehouse.engine.signature.KeySource.Key;
import dev.gatehouse.engine.signature.Verification.Kind;
import dev.gatehouse.engine.signature.Verification.Rejected;
import dev.gatehouse.engine.signature.Verification.Verified;
import java.nio.charset.StandardCharsets;
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
 * <p>An unknown access key costs the same work as a known one with a wrong signature.
 *
 * @param <P> whom an access key stands for
 */
public final class SigV4Verifier<P> {

    private static final long SKEW = 5 * 60;
    private static final int MOST_SIGNED_HEADERS = 256;
    private static final int LONGEST_REGION = 32;
    private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
    private static final String NOBODY = "nobody";
    private static final byte[] EMPTY_HASH = SigningScope.sha256(new byte[0]).getBytes(StandardCharsets.US_ASCII);

    private final KeySource<P> keys;
    private final InstantSource clock;
    private final String region;
    private final String service;
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
        Claim claim = Claim.of(request);
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
        return claims && Claim.of(request) instanceof Claim.Unusable unusable
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
        String scope = scopeObjection(stated);
        if (!scope.isEmpty()) {
            return scope;
        }
        String headers = headersObjection(stated.signedHeaders());
        return headers != null ? headers : timeObjection(stated, now.getEpochSecond());
    }

    /** Compares in place: access key, date, region, service, terminator. */
    private String scopeObjection(Claim.Stated stated) {
        String credential = stated.credential();
        int date = credential.indexOf('/') + 1;
        int place = credential.indexOf('/', date) + 1;
        int name = credential.indexOf('/', place) + 1;
        int end = credential.indexOf('/', name) + 1;
        String timestamp = stated.timestamp().text();
        boolean sameDate = place - date == 9 && credential.regionMatches(date, timestamp, 0, 8);
        boolean sameRegion = region == null
                ? isRegion(credential, place, name - 1)
                : name - place == region.length() + 1 && credential.startsWith(region, place);
        boolean sameService = end - name == service.length() + 1 && credential.startsWith(service, name);
        boolean sameEnd = credential.length() - end == 12 && credential.startsWith("aws4_request", end);
        if (sameDate && sameRegion && sameService && sameEnd) {
            return "";
        }
        return (sameRegion ? "" : "Credential should be scoped to a valid region. ")
                + (sameService ? "" : "Credential should be scoped to correct service: '" + service + "'. ")
                + (sameEnd
                        ? ""
                        : "Credential should be scoped with a valid terminator: 'aws4_request', not '"
                                + credential.substring(end) + "'. ")
                + (sameDate
                        ? ""
                        : "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '"
                                + credential.substring(date, place - 1) + "' != '" + timestamp.substring(0, 8)
                                + "', from '" + timestamp + "'. ");
    }

    /** Letters, digits and hyphens: enough to keep it from being more than one part of an ARN. */
    private static boolean isRegion(String credential, int from, int to) {
        boolean region = from < to && to - from <= LONGEST_REGION;
        for (int i = from; i < to && region; i++) {
            char c = credential.charAt(i);
            region = c >= 'a' && c <= 'z' || c == '-' || c >= '0' && c <= '9';
        }
        return region;
    }

    private static String headersObjection(String signedHeaders) {
        boolean host = false;
        int count = 0;
        int start = 0;
        while (start <= signedHeaders.length()) {
            int end = signedHeaders.indexOf(';', start);
            end = end < 0 ? signedHeaders.length() : end;
            host = host || CanonicalText.isHost(signedHeaders, start, end);
            count++;
            start = end + 1;
        }
        if (count > MOST_SIGNED_HEADERS) {
            return "'SignedHeaders' must not name more than " + MOST_SIGNED_HEADERS + " headers.";
        }
        return host ? null : "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.";
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
        SigningScope scope = new SigningScope(
                stated.timestamp().text(), region == null ? claimedRegion(stated.credential()) : region, service);
        Key<P> key = keys.find(stated.accessKeyId()).orElse(null);
        boolean proven = false;
        if (key == null) {
            matches(request, stated, scope, signingKeys.of(NOBODY, NOBODY, scope), workbench);
        } else {
            List<String> secrets = key.secretAccessKeys();
            for (int i = 0; i < secrets.size() && !proven; i++) {
                SigningKey signingKey = signingKeys.of(stated.accessKeyId(), secrets.get(i), scope);
                proven = matches(request, stated, scope, signingKey, workbench);
            }
        }
        // written for nobody, too: it is work
        String mismatch = proven ? null : mismatch(request, stated, scope, workbench);
        if (key == null || !sameToken(key.sessionToken(), stated.sessionToken())) {
            return new Rejected<>(Kind.UNRECOGNIZED_CLIENT, "The security token included in the request is invalid.");
        }
        if (key.expiration() != null && !now.isBefore(key.expiration())) {
            return new Rejected<>(Kind.EXPIRED_TOKEN, "The security token included in the request is expired");
        }
        return proven
                ? new Verified<>(stated.accessKeyId(), key.principal(), scope)
                : new Rejected<>(Kind.INVALID_SIGNATURE, mismatch);
    }

    private static String claimedRegion(String credential) {
        return credential.split("/", 5)[2];
    }

    private static boolean sameToken(String expected, String sent) {
        if (expected == null || sent == null) {
            return expected == sent;
        }
        return MessageDigest.isEqual(SigningScope.utf8(expected), SigningScope.utf8(sent));
    }

    /** Tries the spellings in which signers may have signed this request; nearly always there is one. */
    private static boolean matches(
            SignedRequest request, Claim.Stated stated, SigningScope scope, SigningKey key, Workbench workbench) {
        String raw = request.rawPath();
        String normalised = PathRule.normalise(raw);
        boolean proven = matches(request, stated, scope, key, workbench, normalised);
        // comparing both, not stopping at the first: the work must not depend on the key
        return normalised.equals(raw) ? proven : proven | matches(request, stated, scope, key, workbench, raw);
    }

    private static boolean matches(
            SignedRequest request,
            Claim.Stated stated,
            SigningScope scope,
            SigningKey key,
            Workbench workbench,
            String path) {
        int hashAt = write(request, stated, workbench, path);
        boolean proven = signed(stated, scope, key, workbench);
        if (stated.presigned()) {
            workbench.request.truncate(hashAt);
            workbench.request.append(UNSIGNED);
            proven = proven | signed(stated, scope, key, workbench);
        }
        return proven;
    }

    private static boolean signed(Claim.Stated stated, SigningScope scope, SigningKey key, Workbench workbench) {
        writeToSign(scope, workbench);
        return workbench.isSignedWith(key, stated.signature());
    }

    /** @return where in the canonical request the hash of the body begins */
    private static int write(SignedRequest request, Claim.Stated stated, Workbench workbench, String path) {
        CanonicalText text = workbench.request;
        String names = stated.signedHeaders();
        text.truncate(0);
        text.append(request.method()).append('\n');
        text.path(path).append('\n');
        text.query(request.rawQuery()).append('\n');
        text.headers(request.headers(), request.host(), names).append('\n');
        text.lowerCase(names, 0, names.length()).append('\n');
        int hashAt = text.length();
        if (request.body().length == 0) {
            text.append(EMPTY_HASH);
        } else {
            workbench.hash(request.body(), request.body().length);
            text.hex(workbench.digest);
        }
        return hashAt;
    }

    private static void writeToSign(SigningScope scope, Workbench workbench) {
        workbench.hash(workbench.request.bytes(), workbench.request.length());
        CanonicalText text = workbench.toSign;
        text.truncate(0);
        text.append(SigningScope.ALGORITHM).append('\n');
        text.append(scope.timestamp()).append('\n');
        text.append(scope.timestamp(), 0, 8).append('/').append(scope.region()).append('/');
        text.append(scope.service()).append("/aws4_request\n");
        text.hex(workbench.digest);
    }

    /** The client sees what we signed, in the spelling that the signers of AWS use. */
    private static String mismatch(
            SignedRequest request, Claim.Stated stated, SigningScope scope, Workbench workbench) {
        write(request, stated, workbench, PathRule.normalise(request.rawPath()));
        writeToSign(scope, workbench);
        return "The request signature we calculated does not match the signature you provided. Check your AWS Secret"
                + " Access Key and signing method. Consult the service documentation for details.\n\n"
                + "The Canonical String for this request should have been\n'" + workbench.request + "'\n\n"
                + "The String-to-Sign should have been\n'" + workbench.toSign + "'\n";
    }
}
