package dev.gatehouse.engine.aws;

import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which operation a request asks a service for. A definition opens one; nothing that a caller put into a parameter or a form may
 * turn it into another.
 */
public final class Actions {

    private static final String ACTION = "Action";

    private Actions() {}

    /**
     * @param declared by the definition; null where it leaves the choice to path, verb and template
     * @return what speaks for another operation, in words for a log; null where nothing does
     */
    public static String contradiction(BackendRequest request, String declared) {
        List<String> said = new ArrayList<>(values(request.uri().getRawQuery()));
        if (isForm(request.headers())) {
            List<String> inBody = values(new String(request.body(), StandardCharsets.UTF_8));
            if (inBody.size() > 1) {
                return "the form names Action " + inBody.size() + " times";
            }
            said.addAll(inBody);
        }
        List<String> targets = request.headers().all("X-Amz-Target");
        if (targets.size() > 1) {
            return "there are " + targets.size() + " headers X-Amz-Target";
        }
        targets.forEach(target -> said.add(target.substring(target.lastIndexOf('.') + 1)));
        String expected = declared == null && !said.isEmpty() ? said.get(0) : declared;
        for (String action : said) {
            if (!action.equals(expected)) {
                return "Action is " + expected + " and something else at once";
            }
        }
        return null;
    }

    /** Whether these parameters name an action. */
    static boolean named(String parameters) {
        return !values(parameters).isEmpty();
    }

    private static boolean isForm(Headers headers) {
        String type = headers.last("Content-Type");
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
    }

    /** As a service reads them: names are decoded before they are compared. */
    private static List<String> values(String parameters) {
        List<String> values = new ArrayList<>(1);
        if (parameters != null && !parameters.isEmpty()) {
            for (String parameter : parameters.split("&")) {
                int equals = parameter.indexOf('=');
                if (decoded(equals < 0 ? parameter : parameter.substring(0, equals))
                        .equals(ACTION)) {
                    values.add(equals < 0 ? "" : decoded(parameter.substring(equals + 1)));
                }
            }
        }
        return values;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.strip(), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // a percent sign that begins no escape: whoever reads it cannot read Action there
        }
    }
}
