package io.latchkey.http.console;

import io.latchkey.application.NewToken;
import io.latchkey.application.table.TerminalText;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Rights;
import io.latchkey.domain.TokenFailure;
import io.latchkey.http.wire.Problem;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates a token, and shows its secret once. What was typed stays if it is refused. */
final class NewTokenPage implements Page {
    static final String PLACE = "new-token";

    private static final String ONCE = "once";

    private final Sessions sessions;

    NewTokenPage(Sessions sessions) {
        this.sessions = sessions;
    }

    /**
     * What the template shows.
     *
     * @param error what was wrong with what was typed; empty for nothing
     * @param field the wrong field; empty for none
     */
    record Shown(Frame frame, FormFields typed, String error, String field, boolean mayCreateAdmin) {
        String formToken() {
            return frame.formToken();
        }

        String value(String name) {
            return typed.text(name);
        }

        /** The value of {@code aria-invalid}; null for no attribute. */
        @Nullable
        String isWrong(String name) {
            return field.equals(name) ? "true" : null;
        }
    }

    @Override
    public HttpResponse<?> show(Visit visit) {
        FormFields empty = new FormFields(Map.of("expiry", "90d", ONCE, sessions.random()));
        return page(visit, HttpStatus.OK, empty, "", "");
    }

    @Override
    public HttpResponse<?> act(Visit visit) {
        visit.form().require(List.of(ONCE));
        try {
            NewToken wanted = new TokenForm(visit.form()).created();
            return sessions.<HttpResponse<?>>once(
                            visit.signedIn(),
                            String.join(
                                    " ",
                                    PLACE,
                                    visit.form().text(ONCE),
                                    wanted.name().value()),
                            () -> SecretPage.created(
                                    visit,
                                    visit.signedIn().access().tokens().create(wanted),
                                    wanted.attributes().routes()))
                    .orElseGet(() -> SentBefore.created(visit, wanted.name()));
        } catch (TokenFailure.Invalid e) {
            return refused(visit, e, e.field());
        } catch (TokenFailure.NameTaken e) {
            return refused(visit, e, "name");
        } catch (TokenFailure.NotContained | TokenFailure.PermissionMissing e) {
            return refused(visit, e, "permissions");
        }
    }

    private static HttpResponse<?> refused(Visit visit, TokenFailure failure, String field) {
        Problem problem = Problem.of(failure);
        return page(
                visit,
                HttpStatus.valueOf(problem.status().code()),
                visit.form(),
                ErrorPage.capitalized(TerminalText.of(failure.sentence())),
                field);
    }

    private static HttpResponse<?> page(Visit visit, HttpStatus status, FormFields typed, String error, String field) {
        boolean mayCreateAdmin = switch (visit.signedIn().rights()) {
            case Rights.All() -> true;
            case Permissions _ -> false;
        };
        Shown shown = new Shown(visit.frame("New token"), typed, error, field, mayCreateAdmin);
        return Html.page(status, output -> JtenewtokenGenerated.render(output, null, shown));
    }
}
