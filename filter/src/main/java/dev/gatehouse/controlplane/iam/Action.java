package dev.gatehouse.controlplane.iam;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One action of IAM's service model.
 *
 * @param work what it does; gives the result, or null where the answer has none; throws {@link IamError}
 */
record Action(String name, Function<IamCall, Xml> work) {

    static final Map<String, Action> ALL = Stream.of(
                    UserActions.ALL, AccessKeyActions.ALL, PolicyActions.ALL, TagActions.ALL)
            .flatMap(actions -> actions.stream())
            .collect(Collectors.toUnmodifiableMap(Action::name, action -> action));

    boolean onlyReads() {
        return name.startsWith("Get") || name.startsWith("List");
    }
}
