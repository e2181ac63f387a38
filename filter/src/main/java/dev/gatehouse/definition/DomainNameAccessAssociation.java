package dev.gatehouse.definition;

import java.util.Map;

/**
 * Lets a VPC endpoint reach a private custom domain name.
 */
public record DomainNameAccessAssociation(
        String domainNameAccessAssociationArn,
        String domainNameArn,
        AccessAssociationSourceType accessAssociationSourceType,
        String accessAssociationSource,
        Map<String, String> tags) {

    public DomainNameAccessAssociation {
        tags = Frozen.map(tags);
    }
}
