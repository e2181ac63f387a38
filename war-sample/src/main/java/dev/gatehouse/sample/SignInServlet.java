package dev.gatehouse.sample;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Plays Amazon Cognito, so that the sample runs without a network: signs in one customer, with a key that is made at each start.
 * An identity server for demonstrations and nothing else. Where {@code harbour.pool.issuer} names another one, this one is closed.
 */
@WebServlet("/sign-in/*")
public class SignInServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
    private static final String KEY_ID = "of-this-run";
    private static final int SECONDS = 900;

    @Inject
    transient KeysOfThisRun keys;

    private transient KeyPair pair;

    @Override
    public void init() throws ServletException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new ServletException(e);
        }
    }

    /** {@code GET /sign-in/keys}: the public key, as a key set. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (keys.otherIssuer() || !"/keys".equals(request.getPathInfo())) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        answer(
                response,
                Map.of(
                        "keys",
                        List.of(Map.of(
                                "kty",
                                "RSA",
                                "use",
                                "sig",
                                "alg",
                                "RS256",
                                "kid",
                                KEY_ID,
                                "n",
                                encoded(key.getModulus()),
                                "e",
                                encoded(key.getPublicExponent())))));
    }

    /** {@code POST /sign-in/token}, a form of {@code username} and {@code password}: tokens as Cognito's. */
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (keys.otherIssuer() || !"/token".equals(request.getPathInfo())) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        String password = String.valueOf(request.getParameter("password"));
        boolean right = MessageDigest.isEqual(
                password.getBytes(StandardCharsets.UTF_8), keys.password().getBytes(StandardCharsets.UTF_8));
        if (!right || !"ishmael".equals(request.getParameter("username"))) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            answer(response, Map.of("error", "invalid_grant"));
            return;
        }
        String identity = token(
                "id",
                Map.of("aud", "harbour-web", "cognito:groups", List.of("readers"), "cognito:username", "ishmael"));
        String access = token("access", Map.of("client_id", "harbour-web", "scope", "openid shop/orders"));
        answer(
                response,
                Map.of("id_token", identity, "access_token", access, "token_type", "Bearer", "expires_in", SECONDS));
    }

    private String token(String use, Map<String, Object> more) throws IOException, ServletException {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new TreeMap<>(more);
        claims.put("iss", keys.issuer());
        claims.put("sub", "0b3a5c1e-ishmael");
        claims.put("token_use", use);
        claims.put("iat", now);
        claims.put("exp", now + SECONDS);
        claims.put("jti", UUID.randomUUID().toString());
        String signed = part(Map.of("alg", "RS256", "kid", KEY_ID)) + "." + part(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new ServletException(e);
        }
    }

    private static String part(Map<String, Object> members) throws IOException {
        return URL.encodeToString(JSON.writeValueAsBytes(members));
    }

    /** Without the sign, which a number of a key set has not (RFC 7518, section 2, Base64urlUInt). */
    private static String encoded(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        return URL.encodeToString(java.util.Arrays.copyOfRange(bytes, from, bytes.length));
    }

    private static void answer(HttpServletResponse response, Map<String, Object> body) throws IOException {
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(JSON.writeValueAsBytes(body));
    }
}
