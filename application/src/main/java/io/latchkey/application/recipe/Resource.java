package io.latchkey.application.recipe;

import io.latchkey.domain.Permission;
import io.latchkey.domain.TokenFailure;
import java.util.regex.Pattern;

/**
 * The resource that a guarded service is in permissions, such as {@code grafana:prod}.
 *
 * <p>Contains only letters, digits, dots, hyphens, underscores and one colon, so that it has no special meaning in any
 * configuration, regular expression or URL.
 */
record Resource(String type, String name) {
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    /** {@code TYPE:NAME}. */
    static Resource parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0
                || !TYPE.matcher(text.substring(0, colon)).matches()
                || !NAME.matcher(text.substring(colon + 1)).matches()) {
            throw new TokenFailure.Invalid("resource", "expected TYPE:NAME such as grafana:prod");
        }
        Resource resource = new Resource(text.substring(0, colon), text.substring(colon + 1));
        checkAllowsReadAndWrite(resource);
        return resource;
    }

    /** Refuses types that have other actions, such as Latchkey's own: no token could have the permission that is asked for. */
    private static void checkAllowsReadAndWrite(Resource resource) {
        try {
            var _ = Permission.parse(resource + ":read,write,login");
        } catch (TokenFailure.Invalid e) {
            throw new TokenFailure.Invalid(
                    "resource",
                    "the type " + resource.type + " has actions of its own: choose another type, such as service:"
                            + resource.name);
        }
    }

    /** A regular expression for the resources of a permission that are this one, written out or as all of the type. */
    String pattern() {
        return type + ":([^ :]*,)?(" + name.replace(".", "[.]") + "|[*])(,[^ :]*)?";
    }

    @Override
    public String toString() {
        return type + ":" + name;
    }
}
