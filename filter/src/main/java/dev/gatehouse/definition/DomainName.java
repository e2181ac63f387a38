package dev.gatehouse.definition;

import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A custom domain name. Scalars but {@code domainName} may be null.
 *
 * @param managementPolicy JSON text; private domain names only
 * @param policy JSON text; private domain names only
 */
public record DomainName(
        String domainName,
        String domainNameId,
        String domainNameArn,
        String certificateName,
        String certificateArn,
        Instant certificateUploadDate,
        String regionalDomainName,
        String regionalHostedZoneId,
        String regionalCertificateName,
        String regionalCertificateArn,
        String distributionDomainName,
        String distributionHostedZoneId,
        EndpointConfiguration endpointConfiguration,
        DomainNameStatus domainNameStatus,
        String domainNameStatusMessage,
        SecurityPolicy securityPolicy,
        EndpointAccessMode endpointAccessMode,
        Map<String, String> tags,
        MutualTlsAuthentication mutualTlsAuthentication,
        String ownershipVerificationCertificateArn,
        String managementPolicy,
        String policy,
        RoutingMode routingMode) {

    public DomainName {
        tags = Frozen.map(tags);
    }

    /** Amazon's defaults where there are any, the rest absent. */
    public static Draft draft() {
        return new Draft();
    }

    /** This value with changes. */
    public DomainName with(Consumer<Draft> change) {
        Draft draft = new Draft();
        draft.domainName = domainName;
        draft.domainNameId = domainNameId;
        draft.domainNameArn = domainNameArn;
        draft.certificateName = certificateName;
        draft.certificateArn = certificateArn;
        draft.certificateUploadDate = certificateUploadDate;
        draft.regionalDomainName = regionalDomainName;
        draft.regionalHostedZoneId = regionalHostedZoneId;
        draft.regionalCertificateName = regionalCertificateName;
        draft.regionalCertificateArn = regionalCertificateArn;
        draft.distributionDomainName = distributionDomainName;
        draft.distributionHostedZoneId = distributionHostedZoneId;
        draft.endpointConfiguration = endpointConfiguration;
        draft.domainNameStatus = domainNameStatus;
        draft.domainNameStatusMessage = domainNameStatusMessage;
        draft.securityPolicy = securityPolicy;
        draft.endpointAccessMode = endpointAccessMode;
        draft.tags = tags;
        draft.mutualTlsAuthentication = mutualTlsAuthentication;
        draft.ownershipVerificationCertificateArn = ownershipVerificationCertificateArn;
        draft.managementPolicy = managementPolicy;
        draft.policy = policy;
        draft.routingMode = routingMode;
        change.accept(draft);
        return draft.build();
    }

    /** The components as plain fields, for the moment in which a value is put together; not thread-safe. */
    public static final class Draft {

        public String domainName;
        public String domainNameId;
        public String domainNameArn;
        public String certificateName;
        public String certificateArn;
        public Instant certificateUploadDate;
        public String regionalDomainName;
        public String regionalHostedZoneId;
        public String regionalCertificateName;
        public String regionalCertificateArn;
        public String distributionDomainName;
        public String distributionHostedZoneId;
        public EndpointConfiguration endpointConfiguration;
        public DomainNameStatus domainNameStatus;
        public String domainNameStatusMessage;
        public SecurityPolicy securityPolicy;
        public EndpointAccessMode endpointAccessMode;
        public Map<String, String> tags = Map.of();
        public MutualTlsAuthentication mutualTlsAuthentication;
        public String ownershipVerificationCertificateArn;
        public String managementPolicy;
        public String policy;
        public RoutingMode routingMode;

        private Draft() {}

        public DomainName build() {
            return new DomainName(
                    domainName,
                    domainNameId,
                    domainNameArn,
                    certificateName,
                    certificateArn,
                    certificateUploadDate,
                    regionalDomainName,
                    regionalHostedZoneId,
                    regionalCertificateName,
                    regionalCertificateArn,
                    distributionDomainName,
                    distributionHostedZoneId,
                    endpointConfiguration,
                    domainNameStatus,
                    domainNameStatusMessage,
                    securityPolicy,
                    endpointAccessMode,
                    tags,
                    mutualTlsAuthentication,
                    ownershipVerificationCertificateArn,
                    managementPolicy,
                    policy,
                    routingMode);
        }
    }
}
