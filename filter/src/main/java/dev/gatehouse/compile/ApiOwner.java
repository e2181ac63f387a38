package dev.gatehouse.compile;

import java.util.Objects;

/**
 * Whose APIs these are, and where: the middle of their ARNs.
 *
 * @param accountId 12 digits
 * @param region such as {@code eu-central-1}
 */
public record ApiOwner(String accountId, String region) {

    public ApiOwner {
        Objects.requireNonNull(accountId, "accountId");
        Objects.requireNonNull(region, "region");
    }

    /** What policies call an API: {@code arn:aws:execute-api:eu-central-1:123456789012:a1b2c3}. */
    String arn(String apiId) {
        return "arn:" + partition() + ":execute-api:" + region + ":" + accountId + ":" + apiId;
    }

    /** AWS General Reference, "Amazon Resource Names". */
    private String partition() {
        if (region.startsWith("cn-")) {
            return "aws-cn";
        }
        return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }
}
