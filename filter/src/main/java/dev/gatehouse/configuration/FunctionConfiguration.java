package dev.gatehouse.configuration;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Lambda function that integrations and authorizers may call. */
public sealed interface FunctionConfiguration {

    /** Name, or whole ARN, possibly with a version or alias: what a definition calls the function. Never null. */
    FunctionName function();

    /**
     * A handler class of this application, called in this process.
     *
     * @param handler binary name of a class with a public constructor without parameters that implements
     *     {@code RequestHandler} or {@code RequestStreamHandler}
     * @param timeout how long a call may take: 1 to 900 whole seconds
     * @param memorySize what the handler reads from its context, in MB, 128 to 10240; a JVM cannot confine one handler to it
     */
    record InProcess(FunctionName function, String handler, Duration timeout, int memorySize)
            implements FunctionConfiguration {

        static final Pattern HANDLER = Pattern.compile("^[A-Za-z_$][A-Za-z0-9_$]*(?:\\.[A-Za-z_$][A-Za-z0-9_$]*)*$");
        static final int DEFAULT_TIMEOUT = 3;
        static final int MAX_TIMEOUT = 900;
        static final int MIN_MEMORY = 128;
        static final int MAX_MEMORY = 10240;

        /** @throws IllegalArgumentException on a class name that is none, or a number out of range */
        public InProcess {
            Objects.requireNonNull(function, "function");
            Check.matches("handler", HANDLER, handler);
            Check.range("timeout", timeout.toSeconds(), 1, MAX_TIMEOUT);
            Check.range("memorySize", memorySize, MIN_MEMORY, MAX_MEMORY);
        }

        /** A handler with Lambda's defaults: 3 seconds, 128 MB. */
        public static InProcess of(String functionName, String handler) {
            return new InProcess(
                    FunctionName.parse(functionName), handler, Duration.ofSeconds(DEFAULT_TIMEOUT), MIN_MEMORY);
        }
    }

    /**
     * A function behind a Lambda Invoke API, Amazon's or another.
     *
     * @param endpoint where that API is: an absolute http or https URL without user, query and fragment
     * @param region the region that requests are signed for; null for the region of the gateway
     * @param credentials name of an entry of {@link GatehouseConfiguration#credentials()}; null where calls are not signed
     */
    record Remote(FunctionName function, URI endpoint, String region, String credentials)
            implements FunctionConfiguration {

        /** @throws IllegalArgumentException on a URL or a region that is none */
        public Remote {
            Objects.requireNonNull(function, "function");
            String wrong = endpointFault(endpoint);
            if (wrong != null) {
                throw new IllegalArgumentException("endpoint " + wrong);
            }
            if (region != null) {
                Check.matches("region", GatehouseConfiguration.REGION, region);
            }
        }

        /** @return what is wrong with the URL, or null */
        static String endpointFault(URI endpoint) {
            String scheme = endpoint.getScheme();
            if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme) || endpoint.getHost() == null) {
                return "must be an absolute http or https URL";
            }
            if (endpoint.getRawUserInfo() != null
                    || endpoint.getRawQuery() != null
                    || endpoint.getRawFragment() != null) {
                return "must have no user, query or fragment";
            }
            return null;
        }
    }

    /**
     * What a function is called.
     *
     * @param name the plain name: 1 to 64 letters, digits, hyphens and underscores
     * @param arn the whole ARN; null where only the name was given, which then stands for the function of that name in the
     *     account and region of the gateway
     */
    record FunctionName(String name, String arn) {

        static final Pattern NAME = Pattern.compile("^[A-Za-z0-9_-]{1,64}$");
        static final Pattern ARN = Pattern.compile("^arn:aws(?:-[a-z]+)*:lambda:[a-z0-9-]{1,32}:[0-9]{12}:function:"
                + "([A-Za-z0-9_-]{1,64})(?::(?:\\$LATEST|[A-Za-z0-9_-]{1,128}))?$");

        /** @throws IllegalArgumentException on a name or an ARN that is none */
        public FunctionName {
            Check.matches("name", NAME, name);
            if (arn != null) {
                Check.matches("functionArn", ARN, arn);
            }
        }

        /** @throws IllegalArgumentException on text that is neither a function name nor a function ARN */
        public static FunctionName parse(String nameOrArn) {
            Matcher arn = ARN.matcher(nameOrArn);
            if (arn.matches()) {
                return new FunctionName(arn.group(1), nameOrArn);
            }
            Check.matches("functionName", NAME, nameOrArn);
            return new FunctionName(nameOrArn, null);
        }

        /** The ARN of this function, seen from a gateway in that account and region. */
        public String arn(String region, String accountId) {
            return arn != null ? arn : "arn:aws:lambda:" + region + ':' + accountId + ":function:" + name;
        }
    }
}
