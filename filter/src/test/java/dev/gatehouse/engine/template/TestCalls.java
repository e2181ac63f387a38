package dev.gatehouse.engine.template;

import dev.gatehouse.engine.expression.CallContext;
import dev.gatehouse.engine.json.JsonText;
import java.time.Instant;
import java.util.Map;

/** Calls to render templates for. */
final class TestCalls {

    private TestCalls() {}

    static TemplateCall withBody(String body) {
        return new TemplateCall(JsonText.of(body), RequestParameters.NONE, context(), Map.of());
    }

    static CallContext context() {
        return CallContext.of(
                        new CallContext.Call(
                                "c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
                                "JKJaXmPLvHcESHA=",
                                Instant.parse("2026-11-22T10:15:30.123Z"),
                                "POST",
                                "/test/echo/foobar",
                                "HTTP/1.1",
                                "abc123.execute-api.us-east-1.amazonaws.com",
                                "123456789012",
                                "abc123",
                                "test",
                                "dep123",
                                null),
                        new CallContext.Identity("127.0.0.1", "curl/8.0"))
                .withResource(new CallContext.Resource("res123", "/echo/{data}"));
    }
}
