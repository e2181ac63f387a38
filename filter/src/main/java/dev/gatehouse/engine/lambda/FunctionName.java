package dev.gatehouse.engine.lambda;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a function in one of the forms of the Lambda API reference ("FunctionName"): {@code my-function}, {@code
 * my-function:v1}, {@code 123456789012:function:my-function}, {@code
 * arn:aws:lambda:eu-central-1:123456789012:function:my-function:v1}.
 *
 * @param partition such as {@code aws}; null where the text says nothing
 * @param region null where the text says nothing
 * @param accountId 12 digits; null where the text says nothing
 * @param name of the function alone
 * @param qualifier version or alias; null where the text says nothing
 */
public record FunctionName(String partition, String region, String accountId, String name, String qualifier) {

    private static final Pattern FORM =
            Pattern.compile("(?:(?:arn:(?<partition>aws[a-z-]*):lambda:(?<region>[a-z0-9-]+):)?"
                    + "(?<account>\\d{12}):function:)?"
                    + "(?<name>[A-Za-z0-9_-]{1,140})(?::(?<qualifier>\\$LATEST|[A-Za-z0-9_-]{1,128}))?");

    /** @throws IllegalArgumentException where the text has none of the forms */
    public static FunctionName parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("no Lambda function name or ARN: " + text);
        }
        return new FunctionName(
                form.group("partition"),
                form.group("region"),
                form.group("account"),
                form.group("name"),
                form.group("qualifier"));
    }

    /** This name, with region and account filled in where they are missing. */
    public FunctionName within(String defaultRegion, String defaultAccountId) {
        return new FunctionName(
                partition == null ? "aws" : partition,
                region == null ? defaultRegion : region,
                accountId == null ? defaultAccountId : accountId,
                name,
                qualifier);
    }

    public FunctionName unqualified() {
        return new FunctionName(partition, region, accountId, name, null);
    }

    /** The form it was parsed from. */
    @Override
    public String toString() {
        String account = accountId == null ? "" : accountId + ":function:";
        String arn = region == null ? "" : "arn:" + partition + ":lambda:" + region + ":";
        return arn + account + name + (qualifier == null ? "" : ":" + qualifier);
    }
}
