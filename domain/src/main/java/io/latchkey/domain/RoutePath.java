package io.latchkey.domain;

import java.util.ArrayList;
import java.util.List;

/**
 * The path of a {@link Route}. A segment {@value #ONE} stands for one whole segment that is not empty; {@value #REST} at the
 * end stands for one or more segments.
 *
 * @param segments those before {@value #REST}
 */
record RoutePath(List<String> segments, Extent extent) {
    /** Which paths the segments stand for. */
    enum Extent {
        WHOLE,
        PREFIX
    }

    private static final String ONE = "*";
    private static final String REST = "/**";

    static RoutePath parse(String text) {
        Extent extent = text.endsWith(REST) ? Extent.PREFIX : Extent.WHOLE;
        String rest = extent == Extent.PREFIX ? text.substring(0, text.length() - REST.length()) : text;
        List<String> segments = new ArrayList<>();
        if (!rest.isEmpty()) {
            if (!rest.startsWith("/")) {
                throw refused(text);
            }
            for (String segment : rest.substring(1).split("/", -1)) {
                segments.add(segment(segment, text));
            }
        }
        boolean empty =
                segments.indexOf("") >= 0 && (extent == Extent.PREFIX || segments.indexOf("") < segments.size() - 1);
        if (empty || (segments.isEmpty() && extent == Extent.WHOLE)) {
            throw refused(text);
        }
        return new RoutePath(List.copyOf(segments), extent);
    }

    private static String segment(String segment, String path) {
        if (segment.equals(ONE)) {
            return ONE;
        }
        return PathSegments.segment(segment)
                .filter(_ -> segment.indexOf('*') < 0)
                .orElseThrow(() -> refused(path));
    }

    private static TokenFailure refused(String text) {
        return Route.invalid(
                "expected a path such as /api/**, /users/*/avatar or /, without //, dot segments, a query or"
                        + " encoded / \\ % ; ? #, and not " + Permission.shown(text));
    }

    boolean allows(List<String> path) {
        return isLengthOf(path.size()) && covers(path);
    }

    /** Whether every path that another allows is allowed by this one. */
    boolean contains(RoutePath other) {
        boolean longEnough = switch (other.extent) {
            case WHOLE -> isLengthOf(other.segments.size());
            case PREFIX -> extent == Extent.PREFIX && other.segments.size() >= segments.size();
        };
        return longEnough && covers(other.segments);
    }

    private boolean isLengthOf(int count) {
        return switch (extent) {
            case WHOLE -> count == segments.size();
            case PREFIX -> count > segments.size();
        };
    }

    private boolean covers(List<String> others) {
        for (int i = 0; i < segments.size(); i++) {
            String one = segments.get(i);
            if (one.equals(ONE) ? others.get(i).isEmpty() : !one.equals(others.get(i))) {
                return false;
            }
        }
        return true;
    }

    String text() {
        String text = segments.isEmpty() ? "" : "/" + String.join("/", segments);
        return extent == Extent.PREFIX ? text + REST : text;
    }
}
