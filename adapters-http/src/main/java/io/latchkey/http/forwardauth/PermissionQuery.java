package io.latchkey.http.forwardauth;

import io.latchkey.domain.RequiredPermission;
import io.latchkey.domain.TokenFailure;
import io.latchkey.http.wire.PercentEncoding;
import io.latchkey.http.wire.ProblemException;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the parameters {@code permission} and {@code method-header}.
 *
 * <p>The action <code>{method}</code> stands for {@code read} or {@code write}, as the method of the guarded request says.
 */
final class PermissionQuery {
    /** Maximum number of permissions. */
    static final int MOST = 16;

    /** Maximum length of a decoded value, in characters. */
    static final int LONGEST = 256;

    private static final String METHOD = "{method}";

    private final List<RequiredPermission> read = new ArrayList<>();
    private final List<RequiredPermission> write = new ArrayList<>();
    private final List<AsciiString> methodHeaders = new ArrayList<>();
    private boolean mapped;
    private boolean malformed;

    void addPermission(String encoded) {
        try {
            String text = decoded(encoded);
            if (text.endsWith(":" + METHOD)) {
                String resource = text.substring(0, text.length() - METHOD.length());
                mapped = true;
                read.add(required(resource + "read"));
                write.add(required(resource + "write"));
            } else {
                read.add(required(text));
                write.add(read.getLast());
            }
            malformed |= read.size() > MOST;
        } catch (ProblemException | TokenFailure.Invalid e) {
            malformed = true;
        }
    }

    /** A brace in a name is a {@code {method}} in the wrong place. */
    private static RequiredPermission required(String text) {
        if (text.indexOf('{') >= 0) {
            throw new TokenFailure.Invalid("permission", METHOD + " stands for an action only");
        }
        return RequiredPermission.parse(text);
    }

    void addMethodHeader(String encoded) {
        try {
            String name = decoded(encoded);
            malformed |= !RequestAccess.isToken(name);
            methodHeaders.add(AsciiString.of(name));
        } catch (ProblemException e) {
            malformed = true;
        }
    }

    /** Whether nobody can meet the requirement, whatever follows. */
    boolean isMalformed() {
        return malformed;
    }

    private String decoded(String encoded) {
        String value = PercentEncoding.decode(encoded.replace('+', ' '));
        malformed |= value.length() > LONGEST;
        return value;
    }

    /** What is required; empty if nobody can meet it. Two headers could hold two methods. */
    Optional<PermissionRequirement> parsed() {
        if (malformed || methodHeaders.size() > 1 || (mapped && methodHeaders.isEmpty())) {
            return Optional.empty();
        }
        if (read.isEmpty()) {
            return Optional.of(PermissionRequirement.NONE);
        }
        Optional<AsciiString> header = mapped ? Optional.of(methodHeaders.getFirst()) : Optional.empty();
        return Optional.of(PermissionRequirement.of(read, write, header));
    }
}
