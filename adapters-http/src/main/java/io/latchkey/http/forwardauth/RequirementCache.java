package io.latchkey.http.forwardauth;

/**
 * What was required last on one connection: a proxy requires the same all the time. Kept only if it is short, since a
 * connection may be kept for long and there may be many.
 */
final class RequirementCache {
    /** The longest query that is kept, in characters. */
    static final int LONGEST_KEPT = 512;

    private String query = "";
    private TokenRequirement requirement = TokenRequirement.NONE;

    /** The requirement in the target of a request. */
    TokenRequirement of(String target) {
        int mark = target.indexOf('?');
        if (mark < 0) {
            return TokenRequirement.NONE;
        }
        int length = target.length() - mark - 1;
        if (length > LONGEST_KEPT) {
            return TokenRequirement.of(target.substring(mark + 1));
        }
        if (!target.regionMatches(mark + 1, query, 0, Math.max(query.length(), length))) {
            query = target.substring(mark + 1);
            requirement = TokenRequirement.of(query);
        }
        return requirement;
    }
}
