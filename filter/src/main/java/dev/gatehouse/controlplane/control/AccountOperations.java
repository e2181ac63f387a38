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

    /** What a new account of Amazon's has (API Gateway developer guide, quotas). */
    private static final Account NEW =
            new Account(null, new ThrottleSettings(5000, 10000.0), List.of(USAGE_PLANS), "4");

    private static final Patch<Account> PATCH = Patch.<Account>of(Patch.PLAIN)
            .on("replace", "/cloudwatchRoleArn", (account, op) -> {
                String role = op.valueOrNull();
                if (role != null && !ROLE.matcher(role).matches()) {
                    throw ControlError.badRequest("Invalid ARN specified in the request");
                }
                return new Account(role, account.throttleSettings(), account.features(), account.apiKeyVersion());
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
        return Answer.json(Documents.wire(call.<Account>read(reading -> account(reading, call))));
    }

    private static Answer update(Call call) {
        List<PatchOperation> operations = call.body("updateAccountInput").patchOperations();
        Account updated = call.write(writing -> {
            Account after = PATCH.apply(account(writing, call), operations);
            writing.put(key(call), Documents.text(after));
            return after;
        });
        return Answer.json(Documents.wire(updated));
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
