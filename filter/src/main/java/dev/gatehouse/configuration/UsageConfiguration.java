package dev.gatehouse.configuration;

import dev.gatehouse.definition.ApiKey;
import dev.gatehouse.definition.ApiStage;
import dev.gatehouse.definition.QuotaPeriodType;
import dev.gatehouse.definition.QuotaSettings;
import dev.gatehouse.definition.ThrottleSettings;
import dev.gatehouse.definition.UsagePlan;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Who may call how often. Immutable.
 *
 * @param apiKeys each id and each value once
 * @param usagePlans each id once; a key reaches a stage through one of them at most
 * @param accountThrottle for all calls of all APIs together; null for no such limit. Both sides are there
 * @param directory where it is kept how much of their quotas keys have used; null for nowhere there
 * @param dataSource JNDI name of the database where it is kept; null for none. Where both are null it is forgotten with the process
 * @param rateLimitHeaders whether answers tell clients how they stand
 */
public record UsageConfiguration(
        List<ApiKey> apiKeys,
        List<UsagePlanConfiguration> usagePlans,
        ThrottleSettings accountThrottle,
        Path directory,
        String dataSource,
        boolean rateLimitHeaders) {

    public static final UsageConfiguration NONE = new UsageConfiguration(List.of(), List.of(), null, null, null, false);

    /** A resource path, a slash, and a verb or a star for each. */
    static final Pattern METHOD = Pattern.compile("^/\\S*/(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|ANY|\\*)$");

    static final int SHORTEST_VALUE = 20;
    static final int LONGEST_VALUE = 128;

    /** @throws IllegalArgumentException on an id or value used twice, a key that is not there, or limits that are none */
    public UsageConfiguration {
        apiKeys = List.copyOf(apiKeys);
        usagePlans = List.copyOf(usagePlans);
        Check.distinct("id of an API key", apiKeys, ApiKey::id);
        if (apiKeys.stream().map(ApiKey::value).distinct().count() < apiKeys.size()) {
            throw new IllegalArgumentException("two API keys have the same value");
        }
        for (ApiKey key : apiKeys) {
            if (key.value() == null || valueFault(key.value()).isPresent()) {
                throw new IllegalArgumentException("the value of API key " + key.id() + " must have " + SHORTEST_VALUE
                        + " to " + LONGEST_VALUE + " characters");
            }
        }
        Check.distinct("id of a usage plan", usagePlans, one -> one.plan().id());
        Set<String> known = apiKeys.stream().map(ApiKey::id).collect(Collectors.toSet());
        for (UsagePlanConfiguration one : usagePlans) {
            for (String keyId : one.keyIds()) {
                if (!known.contains(keyId)) {
                    throw new IllegalArgumentException(
                            "usage plan " + one.plan().id() + " has a key " + keyId + ", which is not there");
                }
            }
            for (ApiStage stage : one.plan().apiStages()) {
                for (String method : stage.throttle().keySet()) {
                    if (!METHOD.matcher(method).matches()) {
                        throw new IllegalArgumentException(
                                "usage plan " + one.plan().id() + " limits '" + method
                                        + "', which is not a resource path, a slash and a method");
                    }
                }
            }
            quotaFault(one.plan().quota()).ifPresent(fault -> {
                throw new IllegalArgumentException(
                        "the quota of usage plan " + one.plan().id() + ' ' + fault);
            });
        }
        conflict(usagePlans).ifPresent(fault -> {
            throw new IllegalArgumentException(fault);
        });
        if (accountThrottle != null && (accountThrottle.rateLimit() == null || accountThrottle.burstLimit() == null)) {
            throw new IllegalArgumentException("the throttle of the account needs a rate and a burst");
        }
        if (directory != null && dataSource != null) {
            throw new IllegalArgumentException("usage is kept in a directory or a database, not in both");
        }
    }

    /** Why a text cannot be the value of a key; without the text. */
    static Optional<String> valueFault(String value) {
        return value.length() < SHORTEST_VALUE || value.length() > LONGEST_VALUE
                ? Optional.of("must have " + SHORTEST_VALUE + " to " + LONGEST_VALUE + " characters")
                : Optional.empty();
    }

    static Optional<String> quotaFault(QuotaSettings quota) {
        if (quota == null) {
            return Optional.empty();
        }
        int last = quota.period() == QuotaPeriodType.MONTH ? 27 : quota.period() == QuotaPeriodType.WEEK ? 6 : 0;
        return quota.offset() < 0 || quota.offset() > last
                ? Optional.of("has the offset " + quota.offset() + ", but "
                        + (last == 0
                                ? "a DAY begins at midnight"
                                : "a " + quota.period() + " may begin 0 to " + last + " days later"))
                : Optional.empty();
    }

    /** A key that would reach a stage through two plans: nobody could say which of them counts. */
    static Optional<String> conflict(List<UsagePlanConfiguration> plans) {
        Map<String, UsagePlan> reached = new HashMap<>();
        for (UsagePlanConfiguration one : plans) {
            for (String keyId : one.keyIds()) {
                for (ApiStage stage : one.plan().apiStages()) {
                    UsagePlan other =
                            reached.putIfAbsent(keyId + "\n" + stage.apiId() + "\n" + stage.stage(), one.plan());
                    if (other != null && other != one.plan()) {
                        return Optional.of("API key " + keyId + " would reach stage " + stage.apiId() + "/"
                                + stage.stage() + " through the usage plans " + other.id() + " and "
                                + one.plan().id());
                    }
                }
            }
        }
        return Optional.empty();
    }
}
