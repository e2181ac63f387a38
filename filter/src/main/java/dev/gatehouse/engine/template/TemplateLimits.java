package dev.gatehouse.engine.template;

import java.time.Duration;

/**
 * How much one rendering may cost. What goes beyond ends in a {@link TemplateRenderException}.
 *
 * @param renderTime time from start to end, looked at all the while
 * @param loopIterations turns of one {@code #foreach}; Amazon allows 1,000
 * @param totalIterations turns of all {@code #foreach} together, and the longest range {@code [a..b]}
 * @param outputSize characters of the result, and of any one string on the way
 * @param depth macros and {@code #define}d blocks inside each other
 */
public record TemplateLimits(Duration renderTime, int loopIterations, int totalIterations, int outputSize, int depth) {

    /** Amazon's 1,000 turns and 10 MB payload; 5 s, 100,000 turns in all and 20 levels are our own choice. */
    public static final TemplateLimits DEFAULT =
            new TemplateLimits(Duration.ofSeconds(5), 1_000, 100_000, 10 * 1024 * 1024, 20);

    public TemplateLimits {
        if (renderTime.isNegative() || renderTime.isZero()) {
            throw new IllegalArgumentException("renderTime must be positive");
        }
        if (loopIterations < 1 || totalIterations < 1 || outputSize < 1 || depth < 1) {
            throw new IllegalArgumentException("limits must be 1 or more");
        }
    }
}
