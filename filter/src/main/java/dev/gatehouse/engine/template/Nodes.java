package dev.gatehouse.engine.template;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.velocity.context.InternalContextAdapter;
import org.apache.velocity.exception.MacroOverflowException;
import org.apache.velocity.runtime.parser.Token;
import org.apache.velocity.runtime.parser.node.ASTAddNode;
import org.apache.velocity.runtime.parser.node.ASTEQNode;
import org.apache.velocity.runtime.parser.node.ASTIdentifier;
import org.apache.velocity.runtime.parser.node.ASTIndex;
import org.apache.velocity.runtime.parser.node.ASTIntegerRange;
import org.apache.velocity.runtime.parser.node.ASTMap;
import org.apache.velocity.runtime.parser.node.ASTMethod;
import org.apache.velocity.runtime.parser.node.ASTMulNode;
import org.apache.velocity.runtime.parser.node.ASTNENode;
import org.apache.velocity.runtime.parser.node.ASTObjectArray;
import org.apache.velocity.runtime.parser.node.Node;
import org.apache.velocity.runtime.parser.node.SimpleNode;

/**
 * The nodes of a parsed template that we put in the place of Velocity's: they reach values through {@link Members} only, and
 * keep to the {@link Budget}. Nothing they answer is null where API Gateway has an empty string.
 */
final class Nodes {

    private Nodes() {}

    private static Object orEmpty(Object value) {
        return value == null ? "" : value;
    }

    private static Budget budget(InternalContextAdapter context) {
        return RenderScope.of(context).budget();
    }

    /** {@code .name(arguments)} */
    static final class Call extends ASTMethod {

        private static final Object[] NO_ARGUMENTS = {};

        Call(SimpleNode from) {
            super(from.getType());
            parser = from.getParser();
            first = from.getFirstToken();
            last = from.getLastToken();
            template = from.getTemplate();
            line = from.getLine();
            column = from.getColumn();
        }

        @Override
        public Object execute(Object target, InternalContextAdapter context) {
            RenderScope scope = RenderScope.of(context);
            try {
                scope.budget().tick();
                return orEmpty(Members.call(target, getMethodName(), arguments(context), scope));
            } catch (RuntimeException e) {
                throw Failure.at(this, e);
            }
        }

        /** The first child is the name. */
        private Object[] arguments(InternalContextAdapter context) {
            int count = jjtGetNumChildren() - 1;
            if (count == 0) {
                return NO_ARGUMENTS;
            }
            Object[] arguments = new Object[count];
            for (int i = 0; i < count; i++) {
                arguments[i] = jjtGetChild(i + 1).value(context);
            }
            return arguments;
        }
    }

    /** {@code .name} */
    static final class Property extends ASTIdentifier {

        Property(SimpleNode from) {
            super(from.getType());
            parser = from.getParser();
            first = from.getFirstToken();
            last = from.getLastToken();
            template = from.getTemplate();
            line = from.getLine();
            column = from.getColumn();
        }

        @Override
        public Object execute(Object target, InternalContextAdapter context) {
            try {
                budget(context).tick();
                return orEmpty(Members.property(target, getIdentifier()));
            } catch (RuntimeException e) {
                throw Failure.at(this, e);
            }
        }
    }

    /** {@code [index]} */
    static final class Element extends ASTIndex {

        Element(SimpleNode from) {
            super(from.getType());
            parser = from.getParser();
            first = from.getFirstToken();
            last = from.getLastToken();
            template = from.getTemplate();
            line = from.getLine();
            column = from.getColumn();
        }

        @Override
        public Object execute(Object target, InternalContextAdapter context) {
            try {
                budget(context).tick();
                return orEmpty(Members.element(target, jjtGetChild(0).value(context)));
            } catch (RuntimeException e) {
                throw Failure.at(this, e);
            }
        }
    }

    /** {@code a + b}: numbers, or strings that must not outgrow the limits. */
    static final class Plus extends ASTAddNode {

        Plus(SimpleNode from) {
            super(from.getType());
            parser = from.getParser();
            first = from.getFirstToken();
            last = from.getLastToken();
            template = from.getTemplate();
            line = from.getLine();
            column = from.getColumn();
        }

        @Override
        public Object value(InternalContextAdapter context) {
            Object left = jjtGetChild(0).value(context);
            Object right = jjtGetChild(1).value(context);
            try {
                if (left instanceof String || right instanceof String) {
                    return StringMembers.concat(Text.of(left), Text.of(right), budget(context));
                }
                return left instanceof Number a && right instanceof Number b ? perform(a, b, context) : null;
            } catch (RuntimeException e) {
                throw Failure.at(this, e);
            }
        }
    }

    /** {@code a * b}: multiplying again and again must not fill the memory. */
    static final class Times extends ASTMulNode {

        private static final int MAX_BITS = 4_096;

        Times(SimpleNode from) {
            super(from.getType());
            parser = from.getParser();
            first = from.getFirstToken();
            last = from.getLastToken();
            template = from.getTemplate();
            line = from.getLine();
            column = from.getColumn();
        }

        @Override
        public Number perform(Number left, Number right, InternalContextAdapter context) {
            Number product = super.perform(left, right, context);
            boolean tooLarge = product instanceof BigInteger whole && whole.bitLength() > MAX_BITS
                    || product instanceof BigDecimal decimal
                            && (decimal.unscaledValue().bitLength() > MAX_BITS || Math.abs(decimal.scale()) > MAX_BITS);
            if (tooLarge) {
                throw Failure.at(this, Failure.of("number too large"));
            }
            return product;
        }
    }

    /** {@code a == b} */
    static final class Equal extends ASTEQNode {

        Equal(SimpleNode from) {
            super(from.getType());
            parser = from.getParser();
            first = from.getFirstToken();
            last = from.getLastToken();
            template = from.getTemplate();
            line = from.getLine();
            column = from.getColumn();
        }

        @Override
        public Boolean compareNumbers(Object left, Object right) {
            return areNumbers(left, right) ? super.compareNumbers(left, right) : null;
        }

        @Override
        public boolean compareNonNumber(Object left, Object right) {
            return hasCollection(left, right) ? sameCollections(left, right) : super.compareNonNumber(left, right);
        }
    }

    /** {@code a != b} */
    static final class NotEqual extends ASTNENode {

        NotEqual(SimpleNode from) {
            super(from.getType());
            parser = from.getParser();
            first = from.getFirstToken();
            last = from.getLastToken();
            template = from.getTemplate();
            line = from.getLine();
            column = from.getColumn();
        }

        @Override
        public Boolean compareNumbers(Object left, Object right) {
            return areNumbers(left, right) ? super.compareNumbers(left, right) : null;
        }

        @Override
        public boolean compareNonNumber(Object left, Object right) {
            return hasCollection(left, right) ? sameCollections(left, right) : super.compareNonNumber(left, right);
        }
    }

    /** Velocity 2 would also take "007" and "7" for the same number; 1.7 does not. */
    private static boolean areNumbers(Object left, Object right) {
        return left instanceof Number && right instanceof Number;
    }

    private static boolean hasCollection(Object left, Object right) {
        return Text.isCollection(left) || Text.isCollection(right);
    }

    /** As Velocity: what is not of one kind is compared by its text. */
    private static boolean sameCollections(Object left, Object right) {
        return Text.isCollection(left) && Text.isCollection(right)
                ? Text.same(left, right)
                : Text.of(left).equals(Text.of(right));
    }

    /** {@code [a..b]}: takes no memory, but printing it would. */
    static final class Range extends ASTIntegerRange {

        Range(SimpleNode from) {
            super(from.getType());
            parser = from.getParser();
            first = from.getFirstToken();
            last = from.getLastToken();
            template = from.getTemplate();
            line = from.getLine();
            column = from.getColumn();
        }

        @Override
        public Object value(InternalContextAdapter context) {
            if (!(jjtGetChild(0).value(context) instanceof Number from)
                    || !(jjtGetChild(1).value(context) instanceof Number to)) {
                return null;
            }
            try {
                budget(context).requireRange(Math.abs((long) to.intValue() - from.intValue()) + 1);
            } catch (Failure e) {
                throw Failure.at(this, e);
            }
            return new IntegerRange(from.intValue(), to.intValue(), from.intValue() <= to.intValue() ? 1 : -1);
        }
    }

    /** {@code ["a", "b"]} */
    static final class ListLiteral extends ASTObjectArray {

        ListLiteral(SimpleNode from) {
            super(from.getType());
            parser = from.getParser();
            first = from.getFirstToken();
            last = from.getLastToken();
            template = from.getTemplate();
            line = from.getLine();
            column = from.getColumn();
        }

        @Override
        public Object value(InternalContextAdapter context) {
            return new TemplateList((List<?>) super.value(context));
        }
    }

    /** <code>{"a": 1}</code> */
    static final class MapLiteral extends ASTMap {

        MapLiteral(SimpleNode from) {
            super(from.getType());
            parser = from.getParser();
            first = from.getFirstToken();
            last = from.getLastToken();
            template = from.getTemplate();
            line = from.getLine();
            column = from.getColumn();
        }

        @Override
        public Object value(InternalContextAdapter context) {
            TemplateMap map = new TemplateMap();
            for (int i = 0; i + 1 < jjtGetNumChildren(); i += 2) {
                map.put(
                        Text.of(jjtGetChild(i).value(context)),
                        jjtGetChild(i + 1).value(context));
            }
            return map;
        }
    }

    /**
     * An operand of arithmetic or of an order: a number or nothing. Velocity 2 would take strings for numbers; 1.7 does not, and
     * {@code $input.params('n') - 1} must not let a client send {@code 1e1000000000}.
     */
    static final class Operand extends SimpleNode {

        Operand(SimpleNode from) {
            super(from.getType());
            parser = from.getParser();
            first = from.getFirstToken();
            last = from.getLastToken();
            template = from.getTemplate();
            line = from.getLine();
            column = from.getColumn();
        }

        @Override
        public Object value(InternalContextAdapter context) {
            return jjtGetChild(0).value(context) instanceof Number number ? number : null;
        }
    }

    /** A part of a template or of a block: says where it stands when it fails and nothing within it knows better. */
    static final class Located extends SimpleNode {

        Located(SimpleNode part, Token start) {
            super(part.getType());
            parser = part.getParser();
            first = part.getFirstToken();
            last = part.getLastToken();
            template = part.getTemplate();
            line = start.beginLine;
            column = start.beginColumn;
        }

        @Override
        public boolean render(InternalContextAdapter context, Writer writer) throws IOException {
            try {
                return jjtGetChild(0).render(context, writer);
            } catch (Failure | MacroOverflowException e) {
                throw Failure.at(this, e);
            }
        }
    }

    /** What a {@code #foreach} runs over: counts its turns. */
    static final class Loop extends SimpleNode {

        Loop(SimpleNode over) {
            super(over.getType());
            parser = over.getParser();
            first = over.getFirstToken();
            last = over.getLastToken();
            template = over.getTemplate();
            line = over.getLine();
            column = over.getColumn();
        }

        @Override
        public Object value(InternalContextAdapter context) {
            Object value = jjtGetChild(0).value(context);
            if (value instanceof Map<?, ?> map) {
                value = map.values();
            }
            if (value instanceof Collection<?> items) {
                return new Turns(this, items.iterator(), budget(context));
            }
            return value instanceof Iterator<?> iterator ? new Turns(this, iterator, budget(context)) : null;
        }
    }

    private static final class Turns implements Iterator<Object> {

        private final Node node;
        private final Iterator<?> items;
        private final Budget budget;
        private int turns;

        Turns(Node node, Iterator<?> items, Budget budget) {
            this.node = node;
            this.items = items;
            this.budget = budget;
        }

        @Override
        public boolean hasNext() {
            return items.hasNext();
        }

        @Override
        public Object next() throws NoSuchElementException {
            try {
                budget.iteration(++turns);
                return items.next();
            } catch (RuntimeException e) {
                throw Failure.at(node, e);
            }
        }
    }
}
