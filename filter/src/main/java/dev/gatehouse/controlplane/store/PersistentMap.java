package dev.gatehouse.controlplane.store;

import java.util.Comparator;
import java.util.function.Predicate;

/**
 * A sorted map that never changes: a change gives another map, which shares with the first all but the path to what is different. A
 * balanced tree (AVL), so that a change copies as many nodes as the logarithm of the size. Thread-safe.
 *
 * @param <V> never null
 */
final class PersistentMap<K, V> {

    private record Node<K, V>(Node<K, V> left, K key, V value, Node<K, V> right, int height) {

        static <K, V> Node<K, V> of(Node<K, V> left, K key, V value, Node<K, V> right) {
            return new Node<>(left, key, value, right, 1 + Math.max(height(left), height(right)));
        }

        static int height(Node<?, ?> node) {
            return node == null ? 0 : node.height;
        }

        int lean() {
            return height(left) - height(right);
        }
    }

    private final Comparator<? super K> order;
    private final Node<K, V> root;

    private PersistentMap(Comparator<? super K> order, Node<K, V> root) {
        this.order = order;
        this.root = root;
    }

    static <K, V> PersistentMap<K, V> empty(Comparator<? super K> order) {
        return new PersistentMap<>(order, null);
    }

    /** @return null where there is none */
    V get(K key) {
        Node<K, V> at = root;
        while (at != null) {
            int compared = order.compare(key, at.key);
            if (compared == 0) {
                return at.value;
            }
            at = compared < 0 ? at.left : at.right;
        }
        return null;
    }

    PersistentMap<K, V> with(K key, V value) {
        return new PersistentMap<>(order, put(root, key, value));
    }

    PersistentMap<K, V> without(K key) {
        return new PersistentMap<>(order, remove(root, key));
    }

    /**
     * Visits values in the order of their keys, from the first one above a key, until a visit returns false.
     *
     * @param above need not be in the map
     */
    void ascend(K above, Predicate<V> visit) {
        ascend(root, above, visit);
    }

    /** As {@link #ascend}, in the other direction, from the first one below a key. */
    void descend(K below, Predicate<V> visit) {
        descend(root, below, visit);
    }

    private boolean ascend(Node<K, V> node, K above, Predicate<V> visit) {
        if (node == null) {
            return true;
        }
        if (order.compare(node.key, above) <= 0) {
            return ascend(node.right, above, visit);
        }
        return ascend(node.left, above, visit) && visit.test(node.value) && ascend(node.right, above, visit);
    }

    private boolean descend(Node<K, V> node, K below, Predicate<V> visit) {
        if (node == null) {
            return true;
        }
        if (order.compare(node.key, below) >= 0) {
            return descend(node.left, below, visit);
        }
        return descend(node.right, below, visit) && visit.test(node.value) && descend(node.left, below, visit);
    }

    private Node<K, V> put(Node<K, V> node, K key, V value) {
        if (node == null) {
            return Node.of(null, key, value, null);
        }
        int compared = order.compare(key, node.key);
        if (compared == 0) {
            return Node.of(node.left, key, value, node.right);
        }
        return compared < 0
                ? balanced(put(node.left, key, value), node.key, node.value, node.right)
                : balanced(node.left, node.key, node.value, put(node.right, key, value));
    }

    private Node<K, V> remove(Node<K, V> node, K key) {
        if (node == null) {
            return null;
        }
        int compared = order.compare(key, node.key);
        if (compared < 0) {
            return balanced(remove(node.left, key), node.key, node.value, node.right);
        }
        if (compared > 0) {
            return balanced(node.left, node.key, node.value, remove(node.right, key));
        }
        if (node.left == null || node.right == null) {
            return node.left == null ? node.right : node.left;
        }
        Node<K, V> next = node.right;
        while (next.left != null) {
            next = next.left;
        }
        return balanced(node.left, next.key, next.value, remove(node.right, next.key));
    }

    /** @return a tree of these parts, whose heights differ by two at most */
    private static <K, V> Node<K, V> balanced(Node<K, V> left, K key, V value, Node<K, V> right) {
        int lean = Node.height(left) - Node.height(right);
        if (lean > 1) {
            return left.lean() >= 0
                    ? Node.of(left.left, left.key, left.value, Node.of(left.right, key, value, right))
                    : Node.of(
                            Node.of(left.left, left.key, left.value, left.right.left),
                            left.right.key,
                            left.right.value,
                            Node.of(left.right.right, key, value, right));
        }
        if (lean < -1) {
            return right.lean() <= 0
                    ? Node.of(Node.of(left, key, value, right.left), right.key, right.value, right.right)
                    : Node.of(
                            Node.of(left, key, value, right.left.left),
                            right.left.key,
                            right.left.value,
                            Node.of(right.left.right, right.key, right.value, right.right));
        }
        return Node.of(left, key, value, right);
    }

    /** For tests: how long the longest path is. */
    int height() {
        return Node.height(root);
    }
}
