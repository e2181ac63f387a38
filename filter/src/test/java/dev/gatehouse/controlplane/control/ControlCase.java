package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A case file of the control plane: calls in their order, with what each must be answered.
 *
 * @param origin where the expectations come from: {@code observed on AWS}, {@code AWS documentation}, {@code reported}, {@code
 *     own decision}, with what
 * @param refuses texts of problems with which the data plane refuses every stage; absent where it takes everything
 * @param gateway whether there is a whole gateway behind the control plane, so that methods can be tested and requests sent;
 *     otherwise the data plane is a fake
 */
record ControlCase(String origin, List<String> refuses, boolean gateway, List<Step> calls) {

    /**
     * In {@code call}, {@code body}, {@code document} and expectations, <code>${name}</code> is what was captured under that name,
     * and <code>${x*20}</code> is twenty times x.
     *
     * @param row which of the recorded errors this is, 1 to 124; 0 where it is none of them
     * @param call verb and raw target, such as {@code PATCH /restapis/${api}?x=y}
     * @param send instead of a call: a request to the gateway, such as {@code GET http://api.example.com/pets}
     * @param key {@code x-api-key} of such a request; absent for none
     * @param body JSON that is sent; absent for an empty body
     * @param document text that is sent instead
     * @param capture name to JSON pointer into the answer
     */
    record Step(
            int row,
            String call,
            String send,
            String key,
            JsonNode body,
            String document,
            Expected expect,
            Map<String, String> capture) {}

    /**
     * @param error code of the expected error
     * @param message exact text of the expected error
     * @param headers name to exact value
     * @param body the whole answer; the text {@code <any>} stands for any value, a text in slashes is a regular expression
     * @param members what the answer must have among others, in objects of any depth
     * @param absent JSON pointers that must lead nowhere
     * @param empty whether the answer has no body at all
     */
    record Expected(
            int status,
            String error,
            String message,
            Map<String, String> headers,
            JsonNode body,
            JsonNode members,
            List<String> absent,
            boolean empty) {}
}
