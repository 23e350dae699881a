package io.latchkey.http.forwardauth;

import io.latchkey.domain.Token;
import io.latchkey.http.wire.PercentEncoding;
import io.latchkey.http.wire.ProblemException;
import io.latchkey.http.wire.TokenJson;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a proxy requires of a token besides being live, as the query of its request says: {@code kind=operator},
 * {@code kind=named}, {@code name=ci-*,web}; and with {@code status=200} how it wants a yes to be put.
 *
 * <p>Some proxies append the end user's own query. So whatever is repeated must hold each time, what cannot be met or
 * understood is not met, and everything unknown is ignored: a user can only be stricter with itself. For the same reason
 * a requirement is bounded, and one beyond the bounds is met by nothing.
 *
 * <p>A proxy that hands on no such query says {@code strict}: then an unknown parameter is a requirement that nobody
 * meets, so that a misspelt one does not open what it was to close. What follows {@code path} is the end user's even
 * then, and not read at all.
 *
 * @param kinds those required, one of which is all that a token can be
 * @param names one pattern of each list must match
 * @param success the status of a yes
 */
record TokenRequirement(List<String> kinds, List<List<NamePattern>> names, HttpResponseStatus success) {
    /** The most patterns that a requirement has, and the most kinds. */
    static final int MOST_PATTERNS = 16;

    /** The most characters of a pattern, once decoded. */
    static final int LONGEST_PATTERN = 256;

    static final TokenRequirement NONE = new TokenRequirement(List.of(), List.of(), HttpResponseStatus.NO_CONTENT);

    private static final TokenRequirement UNMEETABLE =
            new TokenRequirement(List.of(), List.of(List.of()), HttpResponseStatus.NO_CONTENT);

    /** The requirement in a query as it was sent. */
    static TokenRequirement of(String query) {
        List<String> kinds = new ArrayList<>();
        List<List<NamePattern>> names = new ArrayList<>();
        HttpResponseStatus success = HttpResponseStatus.NO_CONTENT;
        int patterns = 0;
        boolean strict = false;
        boolean unknown = false;
        int next;
        for (int from = 0; from < query.length(); from = next) {
            int ampersand = query.indexOf('&', from);
            int end = ampersand < 0 ? query.length() : ampersand;
            next = end + 1;
            int equals = query.indexOf('=', from, end);
            String value = equals < 0 ? "" : query.substring(equals + 1, end);
            String parameter = query.substring(from, equals < 0 ? end : equals);
            if (strict && parameter.equals("path")) {
                break;
            }
            switch (parameter) {
                case "strict" -> strict = true;
                case "kind" -> kinds.add(value);
                case "name" -> {
                    patterns += 1 + (int) value.chars().filter(c -> c == ',').count();
                    if (patterns > MOST_PATTERNS) {
                        return UNMEETABLE;
                    }
                    names.add(NamePattern.list(value));
                }
                case "status" -> success = value.equals("200") ? HttpResponseStatus.OK : success;
                case "" -> {}
                default -> unknown = true; // perhaps the end user's
            }
            if (kinds.size() > MOST_PATTERNS) {
                return UNMEETABLE;
            }
        }
        return strict && unknown ? UNMEETABLE : new TokenRequirement(kinds, names, success);
    }

    boolean isMetBy(Token token) {
        for (String kind : kinds) {
            if (!kind.equals(TokenJson.kind(token))) {
                return false;
            }
        }
        for (List<NamePattern> patterns : names) {
            if (patterns.stream()
                    .noneMatch(pattern -> pattern.matches(token.name().value()))) {
                return false;
            }
        }
        return true;
    }

    /**
     * A pattern of names, in which {@code *} stands for anything.
     *
     * @param literals what is between the stars, in order; at least one
     */
    record NamePattern(List<String> literals) {
        /** Patterns between commas; a star or a comma that is percent-encoded stands for itself. */
        static List<NamePattern> list(String value) {
            try {
                List<NamePattern> patterns = new ArrayList<>();
                for (String pattern : value.split(",", -1)) {
                    int length = 0;
                    List<String> literals = new ArrayList<>();
                    for (String literal : pattern.split("\\*", -1)) {
                        literals.add(Normalizer.normalize(
                                PercentEncoding.decode(literal.replace('+', ' ')), Normalizer.Form.NFC));
                        length += literals.getLast().length() + 1;
                        if (length > LONGEST_PATTERN + 1) {
                            return List.of(); // matched by nothing
                        }
                    }
                    patterns.add(new NamePattern(literals));
                }
                return patterns;
            } catch (ProblemException e) {
                return List.of(); // matched by nothing
            }
        }

        boolean matches(String name) {
            String first = literals.getFirst();
            if (literals.size() == 1) {
                return name.equals(first);
            }
            String last = literals.getLast();
            if (!name.startsWith(first) || !name.endsWith(last) || name.length() < first.length() + last.length()) {
                return false;
            }
            // The leftmost place for each is as good as any.
            int from = first.length();
            int end = name.length() - last.length();
            for (String literal : literals.subList(1, literals.size() - 1)) {
                int at = name.indexOf(literal, from);
                if (at < 0 || at + literal.length() > end) {
                    return false;
                }
                from = at + literal.length();
            }
            return true;
        }
    }
}
