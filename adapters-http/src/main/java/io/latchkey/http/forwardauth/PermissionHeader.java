package io.latchkey.http.forwardauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.latchkey.domain.RequiredPermission;
import io.latchkey.domain.Rights;
import java.util.HexFormat;
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
        return required.stream().map(each -> encoded(each.text())).collect(joining(" "));
    }

    /**
     * The permissions of a token. Those that make it too long are left out, with three dots at the end instead: permissions only
     * allow, so a service that reads fewer of them allows less.
     */
    static String of(Rights rights) {
        StringBuilder header = new StringBuilder();
        String more = "";
        for (String permission : rights.texts()) {
            String encoded = encoded(permission);
            if (header.length() + encoded.length() + 1 + MORE.length() > LONGEST) {
                more = MORE;
            } else {
                header.append(encoded).append(' ');
            }
        }
        return header.append(more).toString().strip();
    }

    private static String encoded(String permission) {
        if (permission.chars().allMatch(PermissionHeader::isScope)) {
            return permission;
        }
        StringBuilder encoded = new StringBuilder();
        for (byte b : permission.getBytes(UTF_8)) {
            if (isScope(b)) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    private static boolean isScope(int c) {
        return c > ' ' && c <= '~' && c != '"' && c != '\\';
    }
}
