package dev.gatehouse.controlplane.control;

import dev.gatehouse.definition.ApiKey;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.definition.UsagePlan;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All that the control plane wants of the running side. The region of an API is part of its ARN. Thread-safe. */
public interface DataPlane {

    /**
     * Whether a stage could be served.
     *
     * @return all problems; empty where it could. Nothing changes
     */
    List<Problem> check(String region, Release release);

    /**
     * From now on these stages are served, and no others of these APIs; what is served of other APIs stays. A stage that cannot
     * be served any more, for reasons outside of its definition, goes on as it was, or stays away when there is nothing to go on
     * with.
     *
     * @param stagesByApi all stages of each API, by its id; none where none is to be served
     */
    void publish(String region, Map<String, List<Release>> stagesByApi);

    /**
     * From now on these custom domain names of a region lead to what they map, and no others of that region. A mapping to a stage that is not served leads
     * nowhere.
     */
    void publish(String region, List<HostedDomain> domains);

    /**
     * From now on these VPC links of a region can be named by integrations that are deployed, and no others of that region. What is
     * served already stays as it is.
     *
     * @param targetArns by the id of the link
     */
    void publishLinks(String region, Map<String, String> targetArns);

    /** Whether there is a way to that target of a VPC link. */
    boolean leadsTo(String targetArn);

    /**
     * From the next call on an API key counts like this.
     *
     * @param key null where there is none of that id any more
     * @param planIds usage plans that it is in
     */
    void admitKey(String keyId, ApiKey key, List<String> planIds);

    /**
     * From the next call on a usage plan limits like this.
     *
     * @param plan null where there is none of that id any more
     */
    void admitPlan(String planId, UsagePlan plan);

    /**
     * What keys have used of a plan, up to this moment.
     *
     * @return for each key a pair for each day from the first to the last: calls, and calls that were left in the period
     */
    Map<String, List<long[]>> usage(UsagePlan plan, Set<String> keyIds, LocalDate from, LocalDate to);

    /**
     * Changes what is left of the quota of a key in this period.
     *
     * @param plan has a quota
     * @param remaining 0 or more
     */
    void extendQuota(UsagePlan plan, String keyId, long remaining);

    /**
     * Runs a method as it would run if it were deployed, its backend included, but for all that keeps callers out: nobody is
     * authorized, and no key, throttle or quota is asked for. May wait as long as the backend may.
     *
     * @return what came of it; a definition that is wrong is told in the log
     */
    MethodTrial.Result test(String region, MethodTrial trial);

    /** Asks an authorizer as it would be asked if it were deployed; nothing is remembered. May wait as long as it may. */
    AuthorizerTrial.Result test(String region, AuthorizerTrial trial);

    /** The latest calls of a stage that were traced, the latest first: those that reached this process. */
    List<CallRecord> traces(String restApiId, String stageName);

    /** From now on nothing is remembered that Lambda authorizers have said at this stage before. */
    void flushAuthorizers(String restApiId, String stageName);
}
