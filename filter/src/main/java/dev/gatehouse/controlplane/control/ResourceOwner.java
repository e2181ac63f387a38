package dev.gatehouse.controlplane.control;

import java.util.List;

/** Whose things a list is asked for. There is one account here, so those of others are none. */
enum ResourceOwner {
    SELF,
    OTHER_ACCOUNTS;

    /** From the query; {@link #SELF} where it is not said. */
    static ResourceOwner of(Call call) {
        String name = call.query("resourceOwner");
        for (ResourceOwner owner : values()) {
            if (name == null || owner.name().equals(name)) {
                return owner;
            }
        }
        throw ControlError.validation(List.of("Value '" + name + "' at 'resourceOwner' failed to satisfy constraint: "
                + Members.memberOf(ResourceOwner.class)));
    }
}
