package dev.gatehouse.compile;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ${stageVariables.x}} in what is settled when a stage is deployed. */
final class StageVariables {

    private static final Pattern STAGE_VARIABLE = Pattern.compile("\\$\\{stageVariables\\.([A-Za-z0-9_]+)}");

    private StageVariables() {}

    /**
     * With its stage variables, which are known here; a missing one would leave a hole in what was settled.
     *
     * @param text may be null
     * @return null where there is no text or a variable is missing, which is noted
     */
    static String filled(String text, Map<String, String> variables, Place place) {
        if (text == null) {
            return null;
        }
        Matcher variable = STAGE_VARIABLE.matcher(text);
        StringBuilder filled = new StringBuilder();
        boolean complete = true;
        while (variable.find()) {
            String value = variables.get(variable.group(1));
            if (value == null) {
                place.problem("there is no stage variable '" + variable.group(1) + "'");
                complete = false;
            }
            variable.appendReplacement(filled, Matcher.quoteReplacement(String.valueOf(value)));
        }
        return complete ? variable.appendTail(filled).toString() : null;
    }
}
