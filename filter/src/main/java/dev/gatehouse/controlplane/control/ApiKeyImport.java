package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.controlplane.store.Writing;
import dev.gatehouse.definition.ApiKey;
import dev.gatehouse.definition.UsagePlan;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * ImportApiKeys: a CSV file with a key per row (developer guide, API key file format). A wrong row is left out with a warning, or
 * refuses the whole file where {@code failonwarnings} says so.
 */
final class ApiKeyImport {

    private ApiKeyImport() {}

    static Answer run(Call call) {
        checkFormat(call.query("format"));
        boolean strict = call.queryFlag("failonwarnings");
        List<Row> rows = rows(call.document());
        ObjectNode answer = call.write(writing -> {
            Set<String> ids = new LinkedHashSet<>();
            List<String> warnings = new ArrayList<>();
            for (Row row : rows) {
                try {
                    ids.add(put(call, writing, row));
                } catch (ControlError wrong) {
                    warnings.add("Line " + row.line() + ": " + wrong.getMessage());
                }
            }
            if (strict && !warnings.isEmpty()) {
                throw ControlError.badRequest(String.join("; ", warnings));
            }
            ObjectNode result = Documents.object();
            ids.forEach(result.putArray("ids")::add);
            warnings.forEach(result.putArray("warnings")::add);
            return result;
        });
        call.publishAccess();
        return Answer.json(answer);
    }

    private static void checkFormat(String format) {
        if (format == null) {
            throw ControlError.validation(
                    List.of("Value null at 'format' failed to satisfy constraint: Member must not be null"));
        }
        if (!format.equals("csv")) {
            throw ControlError.validation(List.of("Value '" + format
                    + "' at 'format' failed to satisfy constraint: Member must satisfy enum value set: [csv]"));
        }
    }

    /** @param values by the names of their columns, in lower case */
    private record Row(int line, Map<String, String> values) {

        String value(String column) {
            return values.getOrDefault(column, "");
        }

        boolean enabled() {
            String text = value("enabled");
            if (text.isEmpty() || text.equalsIgnoreCase("true")) {
                return true;
            }
            if (text.equalsIgnoreCase("false")) {
                return false;
            }
            throw ControlError.badRequest("Enabled must be true or false");
        }

        List<String> plans() {
            return Arrays.stream(value("usageplanids").split(","))
                    .map(String::strip)
                    .filter(id -> !id.isEmpty())
                    .distinct()
                    .toList();
        }
    }

    private static List<Row> rows(byte[] document) {
        List<CsvText.Row> lines = CsvText.parse(decode(document));
        if (lines.isEmpty()) {
            throw ControlError.badRequest("Invalid CSV: there is no row with the names of columns");
        }
        List<String> columns = lines.get(0).values().stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        for (String needed : List.of("name", "key")) {
            if (!columns.contains(needed)) {
                throw ControlError.badRequest("Invalid CSV: there is no column " + needed);
            }
        }
        if (Set.copyOf(columns).size() < columns.size()) {
            throw ControlError.badRequest("Invalid CSV: a column is there more than once");
        }
        return lines.subList(1, lines.size()).stream()
                .map(line -> row(columns, line))
                .toList();
    }

    private static Row row(List<String> columns, CsvText.Row line) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < Math.min(columns.size(), line.values().size()); i++) {
            values.put(columns.get(i), line.values().get(i));
        }
        return new Row(line.line(), values);
    }

    private static String decode(byte[] document) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(document))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ControlError.badRequest("Invalid CSV: it is not UTF-8");
        }
    }

    /** All checks come before the first change: a row is imported as a whole or not at all. */
    private static String put(Call call, Writing writing, Row row) {
        String value = row.value("key");
        ApiKeyRules.check(row.value("name"), value, row.value("description"));
        boolean enabled = row.enabled();
        List<UsagePlan> plans =
                row.plans().stream().map(id -> UsagePlans.get(writing, id)).toList();
        ApiKey before = ApiKeys.findByValue(writing, value).orElseGet(() -> fresh(call, writing, value));
        UsagePlans.checkPlans(writing, before.id(), plans);
        ApiKey key = before.with(draft -> {
            draft.name = ApiKeyOperations.emptyToNull(row.value("name"));
            draft.description = ApiKeyOperations.emptyToNull(row.value("description"));
            draft.enabled = enabled;
            draft.lastUpdatedDate = call.now();
        });
        ApiKeys.put(writing, key);
        plans.forEach(plan -> UsagePlans.addKey(writing, plan, key.id()));
        return key.id();
    }

    private static ApiKey fresh(Call call, Writing writing, String value) {
        ApiKey.Draft draft = ApiKey.draft();
        draft.id = ApiKeys.newId(writing, call);
        draft.value = value;
        draft.createdDate = call.now();
        return draft.build();
    }
}
