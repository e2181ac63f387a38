package dev.gatehouse.sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.gatehouse.cdi.LambdaFunction;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;

/** A Lambda authorizer that is a bean: knows members by the number of their card, which comes as {@code X-Member-Card}. */
@LambdaFunction("member-desk")
public class MemberDesk implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    @Inject
    KeysOfThisRun keys;

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
        String card = String.valueOf(event.get("authorizationToken"));
        if (!MessageDigest.isEqual(bytes(card), bytes(keys.memberCard()))) {
            throw new IllegalArgumentException("Unauthorized"); // exactly this text makes a 401 of it
        }
        String[] arn = String.valueOf(event.get("methodArn")).split("/");
        return Map.of(
                "principalId", "queequeg",
                "context", Map.of("level", "gold"),
                "policyDocument",
                        Map.of(
                                "Version",
                                "2012-10-17",
                                "Statement",
                                List.of(Map.of(
                                        "Effect",
                                        "Allow",
                                        "Action",
                                        "execute-api:Invoke",
                                        "Resource",
                                        arn[0] + "/" + arn[1] + "/GET/v1/members/*"))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
