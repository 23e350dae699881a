package io.latchkey.http.forwardauth;

import io.latchkey.domain.RequiredPermission;
import io.latchkey.domain.Rights;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Optional;

/**
 * The permissions that a proxy asks for. All of them must be held.
 *
 * @param read those for a request that reads
 * @param write those for a request that writes, and for every request if the method does not matter
 * @param methodHeader the header with the method of the request; empty if the method does not matter
 */
record PermissionRequirement(Asked read, Asked write, Optional<AsciiString> methodHeader) {
    /** No permission. */
    static final PermissionRequirement NONE = of(List.of(), List.of(), Optional.empty());

    /**
     * Permissions that one request needs.
     *
     * @param challenge the value of {@code WWW-Authenticate} for a token that lacks one (RFC 6750, section 3.1); it names all, so
     *     that it does not depend on what the token holds
     */
    record Asked(List<RequiredPermission> permissions, AsciiString challenge) {
        static Asked of(List<RequiredPermission> permissions) {
            return new Asked(
                    List.copyOf(permissions),
                    AsciiString.of("Bearer realm=\"latchkey\", error=\"insufficient_scope\", scope=\""
                            + PermissionHeader.scope(permissions) + "\""));
        }

        boolean isMetBy(Rights rights) {
            for (int i = 0; i < permissions.size(); i++) { // an iterator would allocate
                if (!rights.allow(permissions.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    static PermissionRequirement of(
            List<RequiredPermission> read, List<RequiredPermission> write, Optional<AsciiString> methodHeader) {
        return new PermissionRequirement(Asked.of(read), Asked.of(write), methodHeader);
    }

    /** The access of a request, if the method matters. */
    RequestAccess access(HttpHeaders headers) {
        return methodHeader.isPresent() ? RequestAccess.of(headers, methodHeader.get()) : RequestAccess.WRITE;
    }
}
