package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A case file about who is let in to the control plane: calls in their order, with what each must be answered.
 *
 * @param origin where the expectations come from, as in {@link ControlCase}
 * @param identity who signs; {@link Signer} tells what is so where nothing is said
 */
record AccessCase(String origin, Signer identity, List<Step> calls) {

    /**
     * @param arn absent: user anna of the account 111111111111
     * @param policy absent: everything is allowed, but to a root, which needs none
     * @param sessionToken absent: long-term credentials
     * @param expired whether the credentials were good only until a second ago
     * @param unknown whether nobody knows the access key
     */
    record Signer(
            String arn,
            JsonNode policy,
            Map<String, String> tags,
            String sessionToken,
            boolean expired,
            boolean unknown) {

        static final Signer ANNA = new Signer(null, null, null, null, false, false);
    }

    /**
     * @param call verb and raw target; <code>${name}</code> is what was captured under that name
     * @param body text that is sent
     * @param headers sent beside those of the signature; a value of null takes one of these away
     * @param from address of the caller; 127.0.0.1 where nothing is said. Calls are taken from 127.0.0.0/8 only
     * @param signed how; absent: as it should be
     * @param capture name to JSON pointer into the answer
     */
    record Step(
            String call,
            String body,
            Map<String, String> headers,
            String from,
            Signature signed,
            Expected expect,
            Map<String, String> capture) {}

    /**
     * What is not as it should be.
     *
     * @param call what was signed instead of what is sent
     * @param body likewise
     * @param secret that is not the signer's
     * @param token that is not the signer's
     * @param secondsAgo when; negative for the time to come
     */
    record Signature(
            String call, String body, String secret, String token, String region, String service, int secondsAgo) {

        static final Signature RIGHT = new Signature(null, null, null, null, null, null, 0);
    }

    /** @param messageBegins where the rest of the text says what our own signature would have been */
    record Expected(int status, String error, String message, String messageBegins) {}
}
