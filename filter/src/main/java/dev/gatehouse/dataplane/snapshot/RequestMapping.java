package dev.gatehouse.dataplane.snapshot;

import dev.gatehouse.engine.expression.MappingSource;
import java.util.List;

/**
 * @param headers {@code integration.request.header.*}
 * @param querystrings {@code integration.request.querystring.*}
 * @param paths {@code integration.request.path.*}
 * @param templates the body's templates
 * @param passthrough what happens to a body without template
 * @param contentHandling null where payloads pass as they are
 */
public record RequestMapping(
        List<Parameter> headers,
        List<Parameter> querystrings,
        List<Parameter> paths,
        Templates templates,
        Passthrough passthrough,
        ContentHandling contentHandling) {

    public static final RequestMapping NONE =
            new RequestMapping(List.of(), List.of(), List.of(), Templates.NONE, Passthrough.WHEN_NO_MATCH, null);

    /** A name of the backend's request, and where its value comes from. */
    public record Parameter(String name, MappingSource source) {}

    public enum Passthrough {
        WHEN_NO_MATCH,
        WHEN_NO_TEMPLATES,
        NEVER
    }
}
