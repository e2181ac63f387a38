/**
 * Mapping templates: VTL with {@code $input}, {@code $context}, {@code $stageVariables} and {@code $util}.
 *
 * <p>In: the text of a template; later the call it maps. Out: text, and what the template wrote to the call's overrides. May
 * import: {@code http}, {@code expression}, {@code json}. Must not know: which template is chosen, or what becomes of its text.
 */
package dev.gatehouse.engine.template;
