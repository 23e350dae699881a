package io.latchkey.domain;

/**
 * Some requests to one guarded service: {@code GET,HEAD grafana.example.org/api/**}. Methods, a space, a host, and a path whose
 * segments are compared one by one.
 */
public record Route(RouteMethods methods, RouteHost host, RoutePath path) {
    /** The longest route, in characters. */
    public static final int LONGEST = 512;

    /**
     * Parses a route.
     *
     * @throws TokenFailure.Invalid if the text is none
     */
    public static Route parse(String text) {
        int space = text.indexOf(' ');
        int slash = text.indexOf('/', space + 1);
        if (space < 0 || slash < 0) {
            throw invalid("expected METHODS HOST/PATH such as GET,HEAD grafana.example.org/api/**, and not "
                    + Permission.shown(text));
        }
        if (text.length() > LONGEST) {
            throw invalid("a route must not be longer than " + LONGEST + " characters");
        }
        return new Route(
                RouteMethods.parse(text.substring(0, space)),
                RouteHost.parse(text.substring(space + 1, slash)),
                RoutePath.parse(text.substring(slash)));
    }

    static TokenFailure invalid(String rule) {
        return new TokenFailure.Invalid("routes", rule);
    }

    boolean allows(RequestRoute request) {
        return methods.allow(request) && host.allows(request.host()) && path.allows(request.segments());
    }

    boolean contains(Route other) {
        return methods.contain(other.methods) && host.contains(other.host) && path.contains(other.path);
    }

    /** The text, which {@link #parse} reads. */
    public String text() {
        return methods.text() + " " + host.text() + path.text();
    }

    @Override
    public String toString() {
        return text();
    }
}
