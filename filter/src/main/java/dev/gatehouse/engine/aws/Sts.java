package dev.gatehouse.engine.aws;

import dev.gatehouse.engine.signature.Credentials;
import dev.gatehouse.engine.signature.SigV4Signer;
import dev.gatehouse.http.BackendReply;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.HttpSender;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The one operation of the Security Token Service that a gateway needs. Source: AWS Security Token Service API reference,
 * AssumeRole. Thread-safe.
 */
public final class Sts {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_MESSAGE = 500;

    private final HttpSender http;
    private final SigV4Signer signer;
    private final ServiceEndpoint endpoint;

    public Sts(HttpSender http, SigV4Signer signer, ServiceEndpoint endpoint) {
        this.http = http;
        this.signer = signer;
        this.endpoint = endpoint;
    }

    /** Temporary credentials, and when they end. */
    record Session(Credentials credentials, Instant expiration) {}

    /**
     * @param caller who may assume the role
     * @param externalId what the role's trust policy asks for; null for nothing
     * @return fails with {@link CredentialsException} or {@link dev.gatehouse.http.BackendException} only
     */
    CompletionStage<Session> assume(String roleArn, String externalId, Credentials caller) {
        String form = "Action=AssumeRole&Version=2011-06-15&RoleSessionName=gatehouse&RoleArn=" + encoded(roleArn)
                + (externalId == null ? "" : "&ExternalId=" + encoded(externalId));
        BackendRequest request = new BackendRequest(
                "POST",
                URI.create(endpoint.url() + "/"),
                Headers.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
                form.getBytes(StandardCharsets.UTF_8),
                TIMEOUT);
        return http.send(signer.sign(request, caller, endpoint.region(), endpoint.signingName()))
                .thenApply(reply -> session(reply, roleArn));
    }

    private static Session session(BackendReply reply, String roleArn) {
        Map<String, String> texts = leaves(reply.body());
        if (reply.status() != 200) {
            throw refused(roleArn, reply.status() + " " + texts.get("Code") + ": " + texts.get("Message"));
        }
        String id = texts.get("AccessKeyId");
        String secret = texts.get("SecretAccessKey");
        String token = texts.get("SessionToken");
        String expiration = texts.get("Expiration");
        if (id == null || secret == null || token == null || expiration == null) {
            throw refused(roleArn, "something that is no AssumeRoleResponse");
        }
        try {
            return new Session(
                    new Credentials(id, secret, token),
                    OffsetDateTime.parse(expiration).toInstant());
        } catch (DateTimeParseException e) {
            throw refused(roleArn, "an Expiration that is no time");
        }
    }

    private static CredentialsException refused(String roleArn, String answer) {
        String text = answer.replaceAll("\\p{Cntrl}+", " ");
        return new CredentialsException(
                "for " + roleArn + " STS answered " + text.substring(0, Math.min(MAX_MESSAGE, text.length())));
    }

    /** Texts of the elements that hold nothing else, by name; empty where it is no XML. */
    private static Map<String, String> leaves(byte[] body) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        Map<String, String> texts = new HashMap<>();
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(body));
            String text = "";
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> text = "";
                    case XMLStreamConstants.CHARACTERS -> text = xml.getText().strip();
                    case XMLStreamConstants.END_ELEMENT -> {
                        if (!text.isEmpty()) {
                            texts.putIfAbsent(xml.getLocalName(), text);
                        }
                        text = "";
                    }
                    default -> {}
                }
            }
            return texts;
        } catch (XMLStreamException e) {
            return Map.of();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
