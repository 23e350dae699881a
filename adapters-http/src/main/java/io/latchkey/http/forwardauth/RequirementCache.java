package io.latchkey.http.forwardauth;

/**
 * Caches the last requirement on one connection, because a proxy usually repeats it. Long queries are not cached,
 * because there may be many connections, open for a long time.
 */
final class RequirementCache {
    /** Maximum length of a cached query, in characters. */
    static final int LONGEST_KEPT = 512;

    private String query = "";
    private TokenRequirement requirement = TokenRequirement.NONE;

    /** The requirement in a request target. */
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
