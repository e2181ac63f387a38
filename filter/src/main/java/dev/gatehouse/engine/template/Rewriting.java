package dev.gatehouse.engine.template;

import java.util.Set;
import org.apache.velocity.runtime.parser.Token;
import org.apache.velocity.runtime.parser.node.ASTAddNode;
import org.apache.velocity.runtime.parser.node.ASTBlock;
import org.apache.velocity.runtime.parser.node.ASTComparisonNode;
import org.apache.velocity.runtime.parser.node.ASTDirective;
import org.apache.velocity.runtime.parser.node.ASTEQNode;
import org.apache.velocity.runtime.parser.node.ASTIdentifier;
import org.apache.velocity.runtime.parser.node.ASTIndex;
import org.apache.velocity.runtime.parser.node.ASTIntegerRange;
import org.apache.velocity.runtime.parser.node.ASTMap;
import org.apache.velocity.runtime.parser.node.ASTMathNode;
import org.apache.velocity.runtime.parser.node.ASTMethod;
import org.apache.velocity.runtime.parser.node.ASTMulNode;
import org.apache.velocity.runtime.parser.node.ASTNENode;
import org.apache.velocity.runtime.parser.node.ASTNegateNode;
import org.apache.velocity.runtime.parser.node.ASTObjectArray;
import org.apache.velocity.runtime.parser.node.ASTprocess;
import org.apache.velocity.runtime.parser.node.Node;
import org.apache.velocity.runtime.parser.node.SimpleNode;

/** Turns a freshly parsed tree into a harmless one, before Velocity initialises it: see {@link Nodes}. */
final class Rewriting {

    private static final Set<String> FORBIDDEN = Set.of("include", "parse", "evaluate");

    private Rewriting() {}

    /** @throws Failure with line and column, where the template uses a directive that templates may not use */
    static void apply(Node node) {
        if (node instanceof ASTDirective directive && FORBIDDEN.contains(directive.getDirectiveName())) {
            throw forbidden(directive);
        }
        for (int i = 0; i < node.jjtGetNumChildren(); i++) {
            SimpleNode child = (SimpleNode) node.jjtGetChild(i);
            SimpleNode better = replacement(child);
            if (better != null) {
                for (int j = 0; j < child.jjtGetNumChildren(); j++) {
                    adopt(better, child.jjtGetChild(j), j);
                }
                adopt(node, better, i);
                child = better;
            }
            apply(child);
        }
        if (node instanceof ASTBlock || node instanceof ASTprocess) {
            for (int i = 0; i < node.jjtGetNumChildren(); i++) {
                SimpleNode part = (SimpleNode) node.jjtGetChild(i);
                wrap(part, new Nodes.Located(part, start(part)), node, i);
            }
        }
        if (node instanceof ASTDirective directive && "foreach".equals(directive.getDirectiveName())) {
            SimpleNode over = (SimpleNode) node.jjtGetChild(2);
            wrap(over, new Nodes.Loop(over), node, 2);
        }
        if (needsNumbers(node)) {
            for (int i = 0; i < node.jjtGetNumChildren(); i++) {
                SimpleNode operand = (SimpleNode) node.jjtGetChild(i);
                wrap(operand, new Nodes.Operand(operand), node, i);
            }
        }
    }

    private static Failure forbidden(ASTDirective directive) {
        Token where = start(directive);
        String problem = "#" + directive.getDirectiveName() + " is not allowed in mapping templates";
        return Failure.at(where.beginLine, where.beginColumn, problem);
    }

    /** The white space before a directive belongs to it, but is not where it stands. */
    private static Token start(SimpleNode node) {
        Token start = node.getFirstToken();
        while (start.image.isBlank() && start != node.getLastToken() && start.next != null) {
            start = start.next;
        }
        return start;
    }

    private static void wrap(SimpleNode node, SimpleNode wrapper, Node parent, int index) {
        adopt(wrapper, node, 0);
        adopt(parent, wrapper, index);
    }

    private static boolean needsNumbers(Node node) {
        return node instanceof ASTMathNode && !(node instanceof ASTAddNode)
                || node instanceof ASTComparisonNode && !(node instanceof ASTEQNode)
                || node instanceof ASTNegateNode;
    }

    private static void adopt(Node parent, Node child, int index) {
        parent.jjtAddChild(child, index);
        child.jjtSetParent(parent);
    }

    private static SimpleNode replacement(SimpleNode node) {
        if (node instanceof ASTMethod) {
            return new Nodes.Call(node);
        }
        if (node instanceof ASTIdentifier) {
            return new Nodes.Property(node);
        }
        if (node instanceof ASTIndex) {
            return new Nodes.Element(node);
        }
        if (node instanceof ASTNENode) {
            return new Nodes.NotEqual(node);
        }
        if (node instanceof ASTEQNode) {
            return new Nodes.Equal(node);
        }
        if (node instanceof ASTAddNode) {
            return new Nodes.Plus(node);
        }
        if (node instanceof ASTMulNode) {
            return new Nodes.Times(node);
        }
        if (node instanceof ASTIntegerRange) {
            return new Nodes.Range(node);
        }
        if (node instanceof ASTObjectArray) {
            return new Nodes.ListLiteral(node);
        }
        return node instanceof ASTMap ? new Nodes.MapLiteral(node) : null;
    }
}
