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
 * What a proxy requires of a live token, from the query of its request: {@code kind=operator}, {@code kind=named}, {@code
 * kind=resource}, {@code name=ci-*,web}, {@code permission=grafana:prod:read}; and how to say yes: {@code status=200}, {@code
 * show=permissions}.
 *
 * <p>Some proxies append the query of the end user. So a repeated parameter must be met each time, an invalid one is
 * never met, and unknown ones are ignored: an end user can only restrict the result. For the same reason the number and
 * length of patterns is limited; a requirement beyond the limits is never met.
 *
 * <p>A proxy that does not append such a query should send {@code strict}: then a requirement with an unknown parameter
 * is never met, so that a misspelt parameter lets nobody pass. What follows {@code path} belongs to the end user even
 * then, and is not read.
 *
 * @param kinds required kinds; the token must have all of them, so two different ones are never met
 * @param names lists of patterns; the name must match one pattern of each list
 * @param permissions required permissions; a token that lacks one gets another answer than one of a wrong kind or name
 * @param success how a token that meets all is accepted
 */
record TokenRequirement(
        List<String> kinds, List<List<NamePattern>> names, PermissionRequirement permissions, Success success) {
    /**
     * The answer for a token that meets a requirement.
     *
     * @param status 200 or 204
     */
    record Success(HttpResponseStatus status, Shown shown) {
        static final Success USUAL = new Success(HttpResponseStatus.NO_CONTENT, Shown.IDENTITY);
    }

    /** What is said about an accepted token. */
    enum Shown {
        IDENTITY,
        PERMISSIONS
    }

    /** Maximum number of patterns, and of kinds. */
    static final int MOST_PATTERNS = 16;

    /** Maximum length of a decoded pattern, in characters. */
    static final int LONGEST_PATTERN = 256;

    static final TokenRequirement NONE =
            new TokenRequirement(List.of(), List.of(), PermissionRequirement.NONE, Success.USUAL);

    private static final TokenRequirement UNMEETABLE =
            new TokenRequirement(List.of(), List.of(List.of()), PermissionRequirement.NONE, Success.USUAL);

    /** Parses a query that is not decoded. */
    static TokenRequirement of(String query) {
        List<String> kinds = new ArrayList<>();
        List<List<NamePattern>> names = new ArrayList<>();
        PermissionQuery permissions = new PermissionQuery();
        HttpResponseStatus status = HttpResponseStatus.NO_CONTENT;
        Shown shown = Shown.IDENTITY;
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
                case "permission" -> permissions.addPermission(value);
                case "method-header" -> permissions.addMethodHeader(value);
                case "status" -> status = value.equals("200") ? HttpResponseStatus.OK : status;
                case "show" -> {
                    shown = value.equals("permissions") ? Shown.PERMISSIONS : shown;
                    unknown |= !value.equals("permissions");
                }
                case "" -> {}
                default -> unknown = true; // may be the end user's
            }
            if (kinds.size() > MOST_PATTERNS || permissions.isMalformed()) {
                return UNMEETABLE;
            }
        }
        Success success = new Success(status, shown);
        return strict && unknown
                ? UNMEETABLE
                : permissions
                        .parsed()
                        .map(parsed -> new TokenRequirement(kinds, names, parsed, success))
                        .orElse(UNMEETABLE);
    }

    /** Whether a token is of the required kind and name. */
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
     * A pattern of names; {@code *} stands for any characters.
     *
     * @param literals the texts between the stars, in order; at least one
     */
    record NamePattern(List<String> literals) {
        /** Parses patterns separated by commas; a percent-encoded star or comma is literal. */
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
                            return List.of(); // never met
                        }
                    }
                    patterns.add(new NamePattern(literals));
                }
                return patterns;
            } catch (ProblemException e) {
                return List.of(); // never met
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
            // The first occurrence of each literal is sufficient.
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
