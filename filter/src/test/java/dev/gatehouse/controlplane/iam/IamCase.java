package dev.gatehouse.controlplane.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A case file about users, access keys and policies that the store keeps: calls in their order, with what each must be answered.
 *
 * @param origin where the expectations come from: {@code AWS documentation}, {@code reported}, {@code own decision}, with what
 * @param identities of the configuration, by the name that {@code as} calls them; there is always {@code root}
 * @param plain whether the store is not encrypted
 * @param calls each by root, where nothing else is said
 */
record IamCase(String origin, Map<String, Signer> identities, boolean plain, List<Step> calls) {

    /**
     * @param arn absent: a user of the account 111111111111 with the name under which it stands
     * @param policy absent: none
     */
    record Signer(String arn, JsonNode policy) {}

    /**
     * In all texts <code>${name}</code> is what was captured under that name, and <code>${x*20}</code> is twenty times x.
     *
     * @param as who signs: one of the identities
     * @param key access key that signs instead, with {@code secret}
     * @param call parameters; Version is added where it is not there
     * @param form body to send instead
     * @param get path of the control plane to read instead, signed for {@code apigateway}
     * @param service what to sign for instead of {@code iam}
     * @param target where to send a call to instead of {@code POST /}: a verb and a raw target
     * @param capture name to the name of an element of the answer
     */
    record Step(
            String as,
            String key,
            String secret,
            Map<String, String> call,
            String form,
            String get,
            String service,
            String target,
            Expected expect,
            Map<String, String> capture) {}

    /**
     * @param code of the expected error
     * @param message its text; after a tilde a regular expression
     * @param values names of elements to their texts in the order of the answer, with commas between them; after a tilde a regular expression
     * @param absent names of elements that the answer must not have
     */
    record Expected(int status, String code, String message, Map<String, String> values, List<String> absent) {}
}
