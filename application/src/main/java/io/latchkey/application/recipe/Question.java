package io.latchkey.application.recipe;

import io.latchkey.domain.TokenFailure;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a recipe must be told. Its answer is text; only such text is accepted as has no special meaning in any configuration. */
public enum Question {
    LISTEN("HOST:PORT", "Address where the program listens"),
    UPSTREAM("URL", "URL of the service to guard"),
    /** {@code strip} or {@code keep}. */
    CREDENTIAL("strip|keep", "Whether the token is removed before the service gets a request"),
    RESOURCE("TYPE:NAME", "Resource for which tokens need a permission"),
    LATCHKEY("URL", "URL of Latchkey; for nginx, Caddy and HAProxy also unix:PATH, as in `serve --verify-bind`"),
    VERIFY_PORT("PORT", "Local port that only the script uses, to ask Latchkey"),
    DIR("DIR", "Folder of the files that this one refers to");

    private static final Pattern FOLDER = Pattern.compile("(/[A-Za-z0-9._+-]+)+");

    private final String form;
    private final String about;

    Question(String form, String about) {
        this.form = form;
        this.about = about;
    }

    /** Its name on the command line and in forms: lower-case letters and hyphens. */
    public String field() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The form of an answer, such as {@code HOST:PORT}. */
    public String form() {
        return form;
    }

    /** Its description in one line. */
    public String about() {
        return about;
    }

    /**
     * An answer as it was given, if it is well-formed.
     *
     * @throws TokenFailure.Invalid if it is not; the sentence says what is expected
     */
    public String checked(String answer) {
        try {
            Object _ = switch (this) {
                case LISTEN -> HttpOrigin.address(answer);
                case UPSTREAM -> HttpOrigin.url(answer);
                case LATCHKEY -> UnixSocket.isOne(answer) ? UnixSocket.parse(answer) : HttpOrigin.url(answer);
                case CREDENTIAL -> StripCredential.parse(answer);
                case RESOURCE -> Resource.parse(answer);
                case VERIFY_PORT -> HttpOrigin.port(answer);
                case DIR -> folder(answer);
            };
            return answer;
        } catch (TokenFailure.Invalid e) {
            throw new TokenFailure.Invalid(field(), e.sentence());
        }
    }

    private static String folder(String text) {
        if (!FOLDER.matcher(text).matches()) {
            throw new TokenFailure.Invalid("dir", "expected an absolute path such as /etc/latchkey");
        }
        return text;
    }
}
