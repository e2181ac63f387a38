package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.Key;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.definition.Account;
import dev.gatehouse.definition.ThrottleSettings;
import java.util.List;
import java.util.regex.Pattern;

/** Operations on the one account that there is. It is in the store from its first change on. */
final class AccountOperations {

    static final List<Operation> ALL = List.of(
            Operation.of("GetAccount", "GET", "/account", 200, AccountOperations::get),
            Operation.of("UpdateAccount", "PATCH", "/account", 200, AccountOperations::update));

    private static final String KIND = "account";
    private static final String USAGE_PLANS = "UsagePlans";
    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/.+");

    /** As in the store, where no throttle is: that one is the configuration's. */
    private static final Account NEW = new Account(null, null, List.of(USAGE_PLANS), "4");

    /** What tools are told where nothing limits the account: that of a new account of Amazon's (API Gateway developer guide, quotas). */
    private static final ThrottleSettings UNLIMITED = new ThrottleSettings(5000, 10000.0);

    private static final Patch<Account> PATCH = Patch.<Account>of(Patch.PLAIN)
            .on("replace", "/cloudwatchRoleArn", (account, op) -> {
                String role = op.valueOrNull();
                if (role != null && !ROLE.matcher(role).matches()) {
                    throw ControlError.badRequest("Invalid ARN specified in the request");
                }
                return new Account(role, null, account.features(), account.apiKeyVersion());
            })
            .on("add remove", "/features", (account, op) -> {
                if (!USAGE_PLANS.equals(op.value())) {
                    throw ControlError.badRequest("Invalid feature specified. Must be one of: [" + USAGE_PLANS + "]");
                }
                if (op.is("remove")) {
                    throw ControlError.badRequest("Usage Plans cannot be disabled once enabled");
                }
                return account;
            });

    private AccountOperations() {}

    private static Answer get(Call call) {
        return shown(call, call.read(reading -> account(reading, call)));
    }

    private static Answer update(Call call) {
        List<PatchOperation> operations = call.body("updateAccountInput").patchOperations();
        Account updated = call.write(writing -> {
            Account after = PATCH.apply(account(writing, call), operations);
            writing.put(key(call), Documents.text(after));
            return after;
        });
        return shown(call, updated);
    }

    /** With the throttle that is enforced now. */
    private static Answer shown(Call call, Account account) {
        ThrottleSettings throttle = call.accountThrottle() == null ? UNLIMITED : call.accountThrottle();
        return Answer.json(Documents.wire(
                new Account(account.cloudwatchRoleArn(), throttle, account.features(), account.apiKeyVersion())));
    }

    private static Account account(Reading reading, Call call) {
        return reading.get(key(call))
                .map(entry -> Documents.read(entry.json(), Account.class))
                .orElse(NEW);
    }

    private static Key key(Call call) {
        return Key.of(KIND, call.home().accountId());
    }
}
