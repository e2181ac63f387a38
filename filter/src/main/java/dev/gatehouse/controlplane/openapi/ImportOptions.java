package dev.gatehouse.controlplane.openapi;

import dev.gatehouse.definition.EndpointType;
import dev.gatehouse.definition.IpAddressType;
import java.util.Objects;

/**
 * What an import needs to know besides the document.
 *
 * @param restApiId id of the API that comes to be, or is imported over
 * @param basePath what becomes of the base path of the document
 * @param endpointType where the API is offered from; longer integration timeouts than 29 seconds need another one than EDGE
 * @param ipAddressType where the document does not say; null for the one that is usual for the endpoint type
 * @param ignoreDocumentation whether documentation parts are left out
 * @param partition replaces {@code ${AWS::Partition}}
 * @param region replaces {@code ${AWS::Region}}
 * @param accountId replaces {@code ${AWS::AccountId}}
 */
public record ImportOptions(
        String restApiId,
        BasePath basePath,
        EndpointType endpointType,
        IpAddressType ipAddressType,
        boolean ignoreDocumentation,
        String partition,
        String region,
        String accountId,
        IdSource ids) {

    /** The values of the {@code basepath} parameter of ImportRestApi. */
    public enum BasePath {
        /** Paths are taken as they are. */
        IGNORE,
        /** The base path goes before each path. */
        PREPEND,
        /** The base path without its first segment goes before each path. */
        SPLIT
    }

    public ImportOptions {
        Objects.requireNonNull(restApiId, "restApiId");
        Objects.requireNonNull(basePath, "basePath");
        Objects.requireNonNull(endpointType, "endpointType");
        Objects.requireNonNull(partition, "partition");
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(accountId, "accountId");
        Objects.requireNonNull(ids, "ids");
    }

    /** Amazon's defaults: the base path is ignored, the endpoint is EDGE, documentation is read. */
    public static ImportOptions of(String restApiId, String region, String accountId, IdSource ids) {
        return new ImportOptions(
                restApiId, BasePath.IGNORE, EndpointType.EDGE, null, false, "aws", region, accountId, ids);
    }

    public ImportOptions with(BasePath other) {
        return new ImportOptions(
                restApiId, other, endpointType, ipAddressType, ignoreDocumentation, partition, region, accountId, ids);
    }

    public ImportOptions with(EndpointType other) {
        return new ImportOptions(
                restApiId, basePath, other, ipAddressType, ignoreDocumentation, partition, region, accountId, ids);
    }

    public ImportOptions with(IpAddressType other) {
        return new ImportOptions(
                restApiId, basePath, endpointType, other, ignoreDocumentation, partition, region, accountId, ids);
    }

    public ImportOptions withoutDocumentation() {
        return new ImportOptions(
                restApiId, basePath, endpointType, ipAddressType, true, partition, region, accountId, ids);
    }

    String executeApiArn() {
        return "arn:" + partition + ":execute-api:" + region + ":" + accountId + ":" + restApiId + "/";
    }
}
