package dev.gatehouse.engine.lambda;

import java.time.Duration;

/**
 * A function of this process under the name it was registered with. What that name leaves open (account, region, version or
 * alias) fits every call.
 *
 * @param timeout after which it is stopped
 * @param memorySize what it is told, in MB
 * @param loader of the function's classes
 */
record RegisteredFunction(FunctionName name, Handler handler, Duration timeout, int memorySize, ClassLoader loader) {

    /** @param called complete but for the qualifier */
    boolean serves(FunctionName called) {
        return name.name().equals(called.name())
                && fits(name.region(), called.region())
                && fits(name.accountId(), called.accountId())
                && fits(name.qualifier(), called.qualifier());
    }

    /** The more a name says, the closer it fits; the qualifier says most. */
    int precision() {
        return (name.qualifier() == null ? 0 : 4)
                + (name.region() == null ? 0 : 2)
                + (name.accountId() == null ? 0 : 1);
    }

    private static boolean fits(String registered, String called) {
        return registered == null || registered.equals(called);
    }
}
