package dev.gatehouse.engine.json;

import java.util.Map;

/** {@code {foo=bar, list=[{"nested":"bar"}]}}: how API Gateway's templates print an object. */
final class JavaForm {

    private final StringBuilder out = new StringBuilder(64);

    private JavaForm() {}

    static String of(JsonObject object) {
        JavaForm form = new JavaForm();
        form.append(object, 1);
        return form.out.toString();
    }

    private void append(JsonObject object, int depth) {
        JsonWriter.requireDepth(depth);
        out.append('{');
        String separator = "";
        for (Map.Entry<String, Object> member : object.entrySet()) {
            out.append(separator).append(member.getKey()).append('=');
            if (member.getValue() instanceof JsonObject nested) {
                append(nested, depth + 1);
            } else if (member.getValue() instanceof JsonArray nested) {
                new JsonWriter(out).write(nested, depth + 1);
            } else {
                out.append(member.getValue());
            }
            separator = ", ";
        }
        out.append('}');
    }
}
