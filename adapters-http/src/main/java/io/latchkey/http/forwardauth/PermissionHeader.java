package io.latchkey.http.forwardauth;

import static java.util.stream.Collectors.joining;

import io.latchkey.domain.RequiredPermission;
import io.latchkey.domain.Rights;
import io.latchkey.http.wire.PercentEncoding;
import java.util.List;

/**
 * Permissions in a header, separated by spaces, as a scope of RFC 6749, section 3.3. What a scope cannot hold is
 * percent-encoded, as a permission allows it to be.
 */
final class PermissionHeader {
    /** Maximum length of the permissions of a token, in characters; proxies reject long headers. */
    static final int LONGEST = 2_048;

    /** Says that there are more permissions. */
    private static final String MORE = "...";

    private PermissionHeader() {}

    /** The permissions that a request needs. */
    static String scope(List<RequiredPermission> required) {
        return required.stream()
                .map(each -> PercentEncoding.encodeScope(each.text()))
                .collect(joining(" "));
    }

    /**
     * The permissions of a token. Those that make it too long are left out, with three dots at the end instead: permissions only
     * allow, so a service that reads fewer of them allows less.
     */
    static String of(Rights rights) {
        StringBuilder header = new StringBuilder();
        String more = "";
        for (String permission : rights.texts()) {
            String encoded = PercentEncoding.encodeScope(permission);
            if (header.length() + encoded.length() + 1 + MORE.length() > LONGEST) {
                more = MORE;
            } else {
                header.append(encoded).append(' ');
            }
        }
        return header.append(more).toString().strip();
    }
}
