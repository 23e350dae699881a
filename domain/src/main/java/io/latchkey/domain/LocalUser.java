package io.latchkey.domain;

import java.util.Optional;

/**
 * The operating system's name of a local user; information only, it grants nothing.
 *
 * @param name 1 to {@value #MAX_LENGTH} code points, all of them visible
 */
public record LocalUser(String name) {
    /** The longest name, in code points. */
    public static final int MAX_LENGTH = 64;

    private static final int REPLACEMENT = 0xFFFD;

    public LocalUser {
        int length = name.codePointCount(0, name.length());
        if (length < 1 || length > MAX_LENGTH || name.codePoints().anyMatch(LocalUser::isUnshowable)) {
            throw new TokenFailure.Invalid(
                    "user", "the name of a local user must have 1 to " + MAX_LENGTH + " visible characters");
        }
    }

    /** The user of this name, truncated and without invisible characters; empty if there is no name. */
    public static Optional<LocalUser> called(String systemName) {
        String shown = systemName
                .codePoints()
                .limit(MAX_LENGTH)
                .map(c -> isUnshowable(c) ? REPLACEMENT : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        // Java's name for a user that has an id but no name.
        return shown.isEmpty() || shown.equals("?") ? Optional.empty() : Optional.of(new LocalUser(shown));
    }

    private static boolean isUnshowable(int codePoint) {
        return InvisibleCharacters.contains(codePoint);
    }

    @Override
    public String toString() {
        return name;
    }
}
