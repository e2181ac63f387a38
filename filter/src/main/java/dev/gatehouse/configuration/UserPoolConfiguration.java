package dev.gatehouse.configuration;

import java.net.URI;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A user pool whose tokens somebody else than Amazon Cognito issues: another identity server, or a stand-in.
 *
 * @param arn what authorizers call it
 * @param issuer what the claim {@code iss} of its tokens says
 * @param jwksUri where its key set is: http or https, with a host
 */
public record UserPoolConfiguration(String arn, String issuer, URI jwksUri) {

    static final Pattern ARN =
            Pattern.compile("^arn:aws[a-z-]*:cognito-idp:[a-z0-9-]+:[0-9]{12}:userpool/[\\w-]+_[0-9A-Za-z]+$");

    /** @throws IllegalArgumentException on what is not the ARN of a user pool, or no address */
    public UserPoolConfiguration {
        Check.matches("arn", ARN, arn);
        Objects.requireNonNull(issuer, "issuer");
        String fault = FunctionConfiguration.Remote.endpointFault(jwksUri);
        if (fault != null) {
            throw new IllegalArgumentException("jwksUri " + fault);
        }
    }
}
