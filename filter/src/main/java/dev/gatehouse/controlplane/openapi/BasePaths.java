package dev.gatehouse.controlplane.openapi;

/** Finds the base path of a document and treats it as the caller of the import says (API Gateway developer guide, basePath). */
final class BasePaths {

    private BasePaths() {}

    /** @return what goes before each path: empty, or beginning and not ending with a slash */
    static String prefix(Cursor root, Dialect dialect, ImportOptions.BasePath treatment) {
        String base = strip(dialect == Dialect.SWAGGER_2 ? root.at("basePath").text() : ofServers(root.at("servers")));
        return switch (treatment) {
            case IGNORE -> "";
            case PREPEND -> base;
            case SPLIT -> base.indexOf('/', 1) < 0 ? "" : base.substring(base.indexOf('/', 1));
        };
    }

    private static String ofServers(Cursor servers) {
        String url = null;
        for (Cursor server : servers.items()) {
            if (!server.isObject()) {
                continue;
            }
            Cursor variables = server.at("variables");
            if (variables.isObject() && variables.at("basePath").isObject()) {
                String value = variables.at("basePath").at("default").label();
                if (value != null) {
                    return value;
                }
            }
            if (url == null) {
                url = withDefaults(server.at("url").text(), variables);
            }
        }
        return url == null ? "" : pathOf(url);
    }

    private static String withDefaults(String url, Cursor variables) {
        String complete = url == null ? "" : url;
        for (Cursor variable : variables.members()) {
            String value = variable.isObject() ? variable.at("default").label() : null;
            if (value != null) {
                complete = complete.replace("{" + variable.name() + "}", value);
            }
        }
        return complete;
    }

    private static String pathOf(String url) {
        int authority = url.indexOf("://");
        if (authority < 0) {
            return url;
        }
        int path = url.indexOf('/', authority + 3);
        return path < 0 ? "" : url.substring(path);
    }

    private static String strip(String path) {
        String stripped = path == null ? "" : path;
        while (stripped.startsWith("/")) {
            stripped = stripped.substring(1);
        }
        while (stripped.endsWith("/")) {
            stripped = stripped.substring(0, stripped.length() - 1);
        }
        return stripped.isEmpty() ? "" : "/" + stripped;
    }
}
