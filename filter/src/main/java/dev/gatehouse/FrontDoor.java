package dev.gatehouse;

import dev.gatehouse.dataplane.flow.RequestIds;
import dev.gatehouse.http.DotSegments;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Refusals before any API is found: nobody can customise them, as no API says how. */
final class FrontDoor {

    private final RequestIds ids;

    FrontDoor(RequestIds ids) {
        this.ids = ids;
    }

    CompletionStage<GatewayResponse> forbidden() {
        return refusal(403, "ForbiddenException", "{\"message\":\"Forbidden\"}");
    }

    CompletionStage<GatewayResponse> badRequest() {
        return refusal(400, "BadRequestException", "{\"message\":\"Bad Request\"}");
    }

    /**
     * Whether everybody reads this path the same way: no dot segments, plain or encoded, no backslash, no control characters, and
     * ASCII only: what stands for other bytes has gone through a decoder that may have guessed.
     * What a gateway reads as one path and a backend as another is how callers get past a gateway.
     */
    static boolean readable(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '\\' || c == '#' || c == '?') {
                return false;
            }
            if (c == '%' && !readableEscape(path, i)) {
                return false;
            }
        }
        return !DotSegments.in(path);
    }

    /** Encoded control characters and broken escapes; an encoded slash is a caller's right. */
    private static boolean readableEscape(String path, int percent) {
        int high = percent + 2 < path.length() ? Character.digit(path.charAt(percent + 1), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(path.charAt(percent + 2), 16);
        int value = high << 4 | low;
        return low >= 0 && value >= ' ' && value != 0x7f;
    }

    private CompletionStage<GatewayResponse> refusal(int status, String errorType, String body) {
        Headers headers = Headers.of(
                "Content-Type",
                "application/json",
                "x-amzn-ErrorType",
                errorType,
                "x-amzn-RequestId",
                ids.requestId(),
                "x-amz-apigw-id",
                ids.extendedRequestId());
        return CompletableFuture.completedFuture(
                GatewayResponse.of(status, headers, body.getBytes(StandardCharsets.UTF_8)));
    }
}
