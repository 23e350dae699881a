package io.latchkey.http.console;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a form has done, for the page that is shown next. Its name is in the URL of that page, no text. */
enum Done {
    EDITED("The token was changed."),
    EXTENDED("The token has its new expiry."),
    DISABLED("The token is disabled: its secrets are refused from now on."),
    ENABLED("The token is enabled again."),
    FINISHED("The rotation is finished: the old secret is refused from now on."),
    UNDONE("The rotation is undone: the old secret is the current one again, and the new one is refused."),
    DELETED("The token was deleted: its secrets are refused from now on. The ledger keeps its history.");

    private final String sentence;

    Done(String sentence) {
        this.sentence = sentence;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the page says; empty if the URL names nothing. */
    static String sentence(FormFields query) {
        Optional<Done> done = Stream.of(values())
                .filter(each -> each.word().equals(query.text("done")))
                .findFirst();
        return done.map(each -> each.sentence).orElse("");
    }
}
