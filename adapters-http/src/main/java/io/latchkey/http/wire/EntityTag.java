package io.latchkey.http.wire;

import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of a token as a strong entity tag, and preconditions with such tags (RFC 9110, section 13.1). */
public final class EntityTag {
    private static final Pattern TAG =
            Pattern.compile("\\G[ \\t]*(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"[ \\t]*(?:,|$)");
    private static final Pattern OURS = Pattern.compile("(\\d{1,15})-(\\d{1,15})");

    /** A version that no token has; stands for entity tags of foreign form, so that they never match. */
    private static final TokenVersion NEVER = new TokenVersion(TokenId.FIRST, 0);

    private EntityTag() {}

    /** The entity tag of a version. */
    public static String of(TokenVersion version) {
        return "\"" + version.id() + "-" + version.number() + "\"";
    }

    /**
     * The precondition in {@code If-Match} headers; none without a header or for {@code *}.
     *
     * @throws ProblemException if a header is malformed, or all tags are weak
     */
    public static Precondition ifMatch(List<String> headers) {
        if (headers.isEmpty()) {
            return Precondition.NONE;
        }
        String value = String.join(",", headers).strip();
        if (value.equals("*")) {
            return Precondition.NONE;
        }
        List<Tag> tags = tags(value, "If-Match");
        // Weak tags never match (RFC 9110, section 13.1.1). Without this, the error would say that the token was
        // changed.
        if (tags.stream().allMatch(Tag::isWeak)) {
            throw new ProblemException(new Problem(
                    ProblemStatus.PRECONDITION_FAILED,
                    "weak-entity-tag",
                    "If-Match requires a strong entity tag: send it without the W/, which a proxy that compresses may have"
                            + " added"));
        }
        return new Precondition(
                tags.stream().map(tag -> tag.isWeak() ? NEVER : tag.version()).toList());
    }

    /** Whether {@code If-None-Match} headers contain the tag of a version, so that the client already has it. */
    public static boolean noneMatches(List<String> headers, TokenVersion version) {
        String value = String.join(",", headers).strip();
        // Weak comparison (RFC 9110, section 13.1.2): ignores a W/, which a proxy may have added.
        return !headers.isEmpty()
                && (value.equals("*")
                        || tags(value, "If-None-Match").stream()
                                .map(Tag::version)
                                .anyMatch(version::equals));
    }

    /** Writes the value of an {@code If-Match} header. */
    public static String write(Precondition precondition) {
        return String.join(
                ", ", precondition.oneOf().stream().map(EntityTag::of).toList());
    }

    private static List<Tag> tags(String list, String header) {
        List<Tag> tags = new ArrayList<>();
        Matcher matcher = TAG.matcher(list);
        int end = 0;
        while (end < list.length() && matcher.find()) {
            tags.add(new Tag(matcher.group(1) != null, version(matcher.group(2))));
            end = matcher.end();
        }
        if (end < list.length() || tags.isEmpty()) {
            throw new ProblemException(
                    Problem.badRequest(header + " must be * or a list of entity tags in quotes, such as \"0-1\""));
        }
        return tags;
    }

    private record Tag(boolean isWeak, TokenVersion version) {}

    private static TokenVersion version(String opaque) {
        Matcher ours = OURS.matcher(opaque);
        return ours.matches()
                ? new TokenVersion(new TokenId(Long.parseLong(ours.group(1))), Long.parseLong(ours.group(2)))
                : NEVER;
    }
}
