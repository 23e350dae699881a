package io.latchkey.http;

/**
 * What was required last on one connection: a proxy requires the same all the time. Kept only if it is short, since a
 * connection may be kept for long and there may be many.
 */
final class LastRequirement {
    /** The longest query that is kept, in characters. */
    static final int LONGEST_KEPT = 512;

    private String query = "";
    private Requirement requirement = Requirement.NONE;

    /** The requirement in the target of a request. */
    Requirement of(String target) {
        int mark = target.indexOf('?');
        if (mark < 0) {
            return Requirement.NONE;
        }
        int length = target.length() - mark - 1;
        if (length > LONGEST_KEPT) {
            return Requirement.of(target.substring(mark + 1));
        }
        if (!target.regionMatches(mark + 1, query, 0, Math.max(query.length(), length))) {
            query = target.substring(mark + 1);
            requirement = Requirement.of(query);
        }
        return requirement;
    }
}
