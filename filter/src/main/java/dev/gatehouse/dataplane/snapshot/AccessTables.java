package dev.gatehouse.dataplane.snapshot;

import dev.gatehouse.dataplane.snapshot.AccessTable.Client;
import dev.gatehouse.dataplane.snapshot.CompiledPlan.StageId;
import java.util.List;

/** Several tables as one: where two know a key or a plan, the first is right. Thread-safe. */
public final class AccessTables {

    private final List<AccessTable> tables;

    /** @param tables the first goes before the others */
    public AccessTables(List<AccessTable> tables) {
        this.tables = List.copyOf(tables);
    }

    /** @return the key of that value; null where there is none. A key whose id an earlier table has is hidden: whatever counts by ids would take them for one */
    public Client find(String value) {
        KeyHash hash = null;
        for (int i = 0; i < tables.size(); i++) {
            AccessTable table = tables.get(i);
            if (table.isEmpty()) {
                continue;
            }
            hash = hash == null ? KeyHash.of(value) : hash;
            Client client = table.find(hash);
            if (client != null) {
                return isHidden(client.id(), i) ? null : client;
            }
        }
        return null;
    }

    private boolean isHidden(String keyId, int table) {
        for (int i = 0; i < table; i++) {
            if (tables.get(i).hasKey(keyId)) {
                return true;
            }
        }
        return false;
    }

    /** @return the plan through which a key reaches a stage, which may be in another table; null where there is none. There is never more than one */
    public CompiledPlan plan(Client client, StageId stage) {
        List<String> ids = client.planIds();
        for (int i = 0; i < ids.size(); i++) {
            CompiledPlan plan = plan(ids.get(i));
            if (plan != null && plan.stages().containsKey(stage)) {
                return plan;
            }
        }
        return null;
    }

    private CompiledPlan plan(String id) {
        for (int i = 0; i < tables.size(); i++) {
            CompiledPlan plan = tables.get(i).plan(id);
            if (plan != null) {
                return plan;
            }
        }
        return null;
    }
}
