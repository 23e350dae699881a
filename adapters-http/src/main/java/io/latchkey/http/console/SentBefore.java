package io.latchkey.http.console;

import io.latchkey.application.table.TerminalText;
import io.latchkey.domain.TokenName;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;

/**
 * The answer to a form that made a secret and is sent again, because its page is loaded again: nothing happens a second time,
 * and the secret is not there any more.
 *
 * @param what was done the first time
 */
record SentBefore(Frame frame, TokenName token, String what) {
    static HttpResponse<?> created(Visit visit, TokenName token) {
        return page(visit, token, "created");
    }

    static HttpResponse<?> rotated(Visit visit, TokenName token) {
        return page(visit, token, "rotated");
    }

    private static HttpResponse<?> page(Visit visit, TokenName token, String what) {
        SentBefore page = new SentBefore(visit.frame("Done already"), token, what);
        return Html.page(HttpStatus.CONFLICT, output -> JtesentbeforeGenerated.render(output, null, page));
    }

    String name() {
        return TerminalText.of(token.value());
    }

    String path() {
        return TokenPage.url(token);
    }
}
