package io.latchkey.http.console;

import io.latchkey.application.ListedToken;
import io.latchkey.application.TokenAdministration;
import io.latchkey.application.TokenAuthority;
import io.latchkey.application.table.TerminalText;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenPermission;
import io.latchkey.http.wire.EntityTag;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import io.micronaut.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What every token may know of itself, without a permission: its name, permissions and expiry. Who may see no token lands
 * here after signing in.
 */
final class OwnTokenPage implements Page {
    static final String PLACE = "own";

    private static final String ROTATE = "rotate";

    private final TokenAuthority authority;

    OwnTokenPage(TokenAuthority authority) {
        this.authority = authority;
    }

    /** What the template shows. */
    record Shown(Frame frame, Token token, boolean mayRotate, Instant now) {
        TokenRow row() {
            return TokenRow.of(new ListedToken(token, List.of()), now);
        }

        String name() {
            return TerminalText.of(token.name().value());
        }

        boolean isAdmin() {
            return row().kind().equals("admin");
        }

        List<String> permissions() {
            return token.rights().texts().stream().map(TerminalText::of).toList();
        }

        Optional<Moment> expiry() {
            return token.expiry().end().map(at -> new Moment(at, now));
        }

        String version() {
            return token.id() + "-" + token.version().number();
        }

        String formToken() {
            return frame.formToken();
        }

        String rotate() {
            return "/console/" + PLACE + "/" + ROTATE;
        }
    }

    @Override
    public HttpResponse<?> show(Visit visit) {
        Token own = own(visit);
        if (visit.path().size() > 1) {
            throw new ProblemException(Problem.NOT_FOUND);
        }
        boolean mayRotate =
                authority.letsTokensRotateThemselves() || visit.signedIn().mayDo(TokenPermission.ROTATE, own);
        Shown shown = new Shown(visit.frame("Your token"), own, mayRotate, visit.now());
        return Html.page(output -> JteownGenerated.render(output, null, shown));
    }

    @Override
    public HttpResponse<?> act(Visit visit) {
        Token own = own(visit);
        if (!visit.path().equals(List.of(PLACE, ROTATE))) {
            throw new ProblemException(Problem.NOT_FOUND);
        }
        TokenAdministration tokens = visit.signedIn().access().tokens();
        FormFields form = visit.form();
        Precondition seen = EntityTag.ifMatch(List.of("\"" + form.text("version") + "\""));
        GracePeriod grace = GracePeriod.parse(form.text("grace"));
        return SecretPage.rotated(visit, tokens.rotate(own.name(), grace, Optional.empty(), seen), true);
    }

    /** The owner of the store has no token. */
    private static Token own(Visit visit) {
        return visit.signedIn().token().orElseThrow(() -> new ProblemException(Problem.NOT_FOUND));
    }
}
