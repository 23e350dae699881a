package io.latchkey.http;

import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of a token as a strong entity tag, and the preconditions made of such (RFC 9110, section 13.1). */
final class EntityTag {
    private static final Pattern TAG =
            Pattern.compile("\\G[ \\t]*(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"[ \\t]*(?:,|$)");
    private static final Pattern OURS = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

    /** The version of no token: what a tag that was not made here stands for. */
    private static final TokenVersion NEVER = new TokenVersion(TokenId.FIRST, 0);

    private EntityTag() {}

    static String of(TokenVersion version) {
        return "\"" + version.id() + "-" + version.number() + "\"";
    }

    /** The precondition in {@code If-Match} headers; none if there are none. */
    static Precondition ifMatch(List<String> headers) {
        if (headers.isEmpty()) {
            return Precondition.NONE;
        }
        String value = String.join(",", headers).strip();
        return value.equals("*") ? Precondition.NONE : new Precondition(strong(value, "If-Match"));
    }

    /** Whether {@code If-None-Match} headers hold the tag of a version, so that nobody needs to be told again. */
    static boolean noneMatches(List<String> headers, TokenVersion version) {
        String value = String.join(",", headers).strip();
        // Weak comparison (RFC 9110, section 13.1.2): the W/ that a proxy may have added does not matter.
        return !headers.isEmpty()
                && (value.equals("*")
                        || strong(value.replace("W/", ""), "If-None-Match").contains(version));
    }

    /** The value of an {@code If-Match} header for a precondition. */
    static String write(Precondition precondition) {
        return String.join(
                ", ", precondition.oneOf().stream().map(EntityTag::of).toList());
    }

    private static List<TokenVersion> strong(String list, String header) {
        List<TokenVersion> versions = new ArrayList<>();
        Matcher tags = TAG.matcher(list);
        int end = 0;
        while (end < list.length() && tags.find()) {
            versions.add(tags.group(1) == null ? version(tags.group(2)) : NEVER);
            end = tags.end();
        }
        if (end < list.length() || versions.isEmpty()) {
            throw new RefusedRequest(
                    Refusal.badRequest(header + " is * or a list of entity tags, such as \"0-1\" in quotes"));
        }
        return versions;
    }

    private static TokenVersion version(String opaque) {
        Matcher ours = OURS.matcher(opaque);
        return ours.matches()
                ? new TokenVersion(new TokenId(Long.parseLong(ours.group(1))), Long.parseLong(ours.group(2)))
                : NEVER;
    }
}
