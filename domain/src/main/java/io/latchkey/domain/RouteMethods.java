package io.latchkey.domain;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The methods of a {@link Route}: {@value #ANY}, {@value #READ} for {@code GET}, {@code HEAD} and {@code OPTIONS}, or a list.
 * Only {@value #ANY} allows a request for an upgrade.
 *
 * @param names sorted; empty for all methods
 */
record RouteMethods(NavigableSet<String> names) {
    private static final String ANY = "*";
    private static final String READ = "read";
    private static final int MOST = 16;
    private static final NavigableSet<String> READS = new TreeSet<>(List.of("GET", "HEAD", "OPTIONS"));
    private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z0-9_-]{0,31}");
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}");

    static RouteMethods parse(String text) {
        if (text.equals(ANY)) {
            return new RouteMethods(new TreeSet<>());
        }
        if (text.equals(READ)) {
            return new RouteMethods(READS);
        }
        List<String> names = List.of(text.split(",", -1));
        for (String name : names) {
            if (!METHOD.matcher(name).matches()) {
                throw Route.invalid("expected *, read or methods such as GET,HEAD in capital letters, and not "
                        + Permission.shown(text));
            }
        }
        if (names.size() > MOST) {
            throw Route.invalid("a route must not have more than " + MOST + " methods");
        }
        return new RouteMethods(new TreeSet<>(names));
    }

    /** Whether a text can be the method of a request (RFC 9110, section 9.1). */
    static boolean isMethod(String text) {
        return TOKEN.matcher(text).matches();
    }

    boolean allow(RequestRoute request) {
        return names.isEmpty()
                || (request.protocol() == RequestRoute.Protocol.HTTP && names.contains(request.method()));
    }

    boolean contain(RouteMethods others) {
        return names.isEmpty() || (!others.names.isEmpty() && names.containsAll(others.names));
    }

    String text() {
        if (names.isEmpty()) {
            return ANY;
        }
        return names.equals(READS) ? READ : String.join(",", names);
    }
}
