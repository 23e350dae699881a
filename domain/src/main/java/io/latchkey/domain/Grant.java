package io.latchkey.domain;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Why rights allow an action on a resource, or do not; for explanations, not for verdicts. */
public sealed interface Grant {
    /** Everything is allowed. */
    record Everything() implements Grant {}

    /** A permission allows it; the first one, if there are several. */
    record Allowed(Permission by) implements Grant {}

    /**
     * No permission allows it.
     *
     * @param nearest the permission of the same type that comes nearest; empty if there is none of this type
     */
    record Missing(Optional<Permission> nearest) implements Grant {}

    /** Why rights allow a required permission, or do not. */
    static Grant of(Rights rights, RequiredPermission required) {
        return switch (rights) {
            case Rights.All() -> new Everything();
            case Permissions permissions -> of(permissions, required);
        };
    }

    private static Grant of(Permissions permissions, RequiredPermission required) {
        int colon = required.resource().indexOf(':');
        String type = required.resource().substring(0, colon);
        ResourceName name = new ResourceName(required.resource().substring(colon + 1), ResourceName.Extent.WHOLE);
        Optional<Permission> allowing = ofType(permissions, type)
                .filter(each -> each.allows(name, required.action()))
                .findFirst();
        return allowing.<Grant>map(Allowed::new)
                .orElseGet(() -> new Missing(ofType(permissions, type)
                        // Of those that name the resource or the action, those that name the resource come first.
                        .min(Comparator.<Permission, Boolean>comparing(each -> !each.covers(name))
                                .thenComparing(each -> !each.allowsAction(required.action())))));
    }

    private static Stream<Permission> ofType(Permissions permissions, String type) {
        return permissions.all().stream().filter(each -> each.type().equals(type));
    }
}
