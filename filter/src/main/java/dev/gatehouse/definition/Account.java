package dev.gatehouse.definition;

import java.util.List;

/**
 * What holds for all APIs of an account.
 *
 * @param cloudwatchRoleArn may be null
 * @param throttleSettings the limit over all APIs together; may be null
 */
public record Account(
        String cloudwatchRoleArn, ThrottleSettings throttleSettings, List<String> features, String apiKeyVersion) {

    public Account {
        features = Frozen.list(features);
    }
}
