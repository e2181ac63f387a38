package dev.gatehouse.engine.template;

import dev.gatehouse.engine.json.JsonQueryCache;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.velocity.Template;
import org.apache.velocity.app.event.EventCartridge;
import org.apache.velocity.context.Context;
import org.apache.velocity.context.InternalContextAdapter;
import org.apache.velocity.runtime.directive.ForeachScope;
import org.apache.velocity.runtime.resource.Resource;
import org.apache.velocity.util.introspection.IntrospectionCacheData;

/** The variables of one rendering, and what it may still spend. Made for it and thrown away after it. */
final class RenderScope implements InternalContextAdapter {

    private final Map<String, Object> variables = new HashMap<>();
    private final List<String> macros = new ArrayList<>(4);
    private final TemplateCall call;
    private final JsonQueryCache queries;
    private final Budget budget;
    private final Template template;

    RenderScope(TemplateCall call, JsonQueryCache queries, Budget budget, Template template) {
        this.call = call;
        this.queries = queries;
        this.budget = budget;
        this.template = template;
    }

    /** The scope of the rendering that this context belongs to: Velocity may have wrapped it. */
    static RenderScope of(InternalContextAdapter context) {
        return context instanceof RenderScope scope ? scope : (RenderScope) context.getBaseContext();
    }

    Budget budget() {
        return budget;
    }

    @Override
    public Object get(String name) {
        Object value = variables.get(name);
        return value != null ? value : given(name);
    }

    /** What a template finds without having set it; made when first asked for. */
    private Object given(String name) {
        Object made;
        switch (name) {
            case "input" -> made = new InputTool(call.body(), call.parameters(), queries, budget);
            case "util" -> made = UtilTool.INSTANCE;
            case "context" -> made = ContextMap.of(call.context());
            case "stageVariables" -> made = new TemplateMap(call.stageVariables());
            case "velocityCount" -> {
                // Velocity 1.7's name for it; not kept, as it changes.
                return variables.get("foreach") instanceof ForeachScope loop ? loop.getCount() : null;
            }
            default -> {
                return null;
            }
        }
        variables.put(name, made);
        return made;
    }

    /** Null removes: {@code #set($r = <nothing>)} leaves {@code $r} undefined, which prints nothing and equals ''. */
    @Override
    public Object put(String name, Object value) {
        budget.tick();
        return value == null ? variables.remove(name) : variables.put(name, value);
    }

    @Override
    public boolean containsKey(String name) {
        return get(name) != null;
    }

    @Override
    public String[] getKeys() {
        return variables.keySet().toArray(new String[0]);
    }

    @Override
    public Object remove(String name) {
        return variables.remove(name);
    }

    @Override
    public void pushCurrentMacroName(String name) {
        budget.tick();
        macros.add(name);
    }

    @Override
    public void popCurrentMacroName() {
        macros.remove(macros.size() - 1);
    }

    @Override
    public String getCurrentMacroName() {
        return macros.isEmpty() ? "<<no macro>>" : macros.get(macros.size() - 1);
    }

    @Override
    public int getCurrentMacroCallDepth() {
        return macros.size();
    }

    @Override
    public String[] getMacroNameStack() {
        return macros.toArray(new String[0]);
    }

    @Override
    public void pushCurrentTemplateName(String name) {}

    @Override
    public void popCurrentTemplateName() {}

    @Override
    public String getCurrentTemplateName() {
        return template.getName();
    }

    @Override
    public String[] getTemplateNameStack() {
        return new String[] {template.getName()};
    }

    @Override
    public Resource getCurrentResource() {
        return template;
    }

    @Override
    public void setCurrentResource(Resource resource) {}

    @Override
    public List<Template> getMacroLibraries() {
        return null;
    }

    @Override
    public void setMacroLibraries(List<Template> libraries) {}

    /** Nothing is cached: finding a member costs no reflection here. */
    @Override
    public IntrospectionCacheData icacheGet(Object key) {
        return null;
    }

    @Override
    public void icachePut(Object key, IntrospectionCacheData data) {}

    @Override
    public Context getInternalUserContext() {
        return this;
    }

    @Override
    public InternalContextAdapter getBaseContext() {
        return this;
    }

    @Override
    public EventCartridge attachEventCartridge(EventCartridge events) {
        return null;
    }

    @Override
    public EventCartridge getEventCartridge() {
        return null;
    }
}
