package io.latchkey.http.console;

import io.latchkey.application.RotatedToken;
import io.latchkey.application.TokenAdministration;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenName;
import io.latchkey.http.wire.EntityTag;
import io.latchkey.http.wire.Paths;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import io.micronaut.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/**
 * All about one token, and all that can be done to it. Each form holds the version that the reader saw, so that nobody
 * overwrites a change unseen.
 */
final class TokenPage implements Page {
    static final String PLACE = "token";

    private static final String DELETE = "delete";

    private final Sessions sessions;

    TokenPage(Sessions sessions) {
        this.sessions = sessions;
    }

    /** The path of a token, behind {@code /console/}. */
    static String path(TokenName name) {
        return PLACE + "/" + Paths.segment(name);
    }

    /** The URL of that page. */
    static String url(TokenName name) {
        return Paths.CONSOLE + "/" + path(name);
    }

    @Override
    public HttpResponse<?> show(Visit visit) {
        TokenDetails details = TokenDetails.of(visit, name(visit));
        return switch (verb(visit)) {
            case "" -> Html.page(output -> JtetokenGenerated.render(output, null, details));
            case DELETE -> Html.page(output -> JtedeletetokenGenerated.render(output, null, details));
            default -> throw new ProblemException(Problem.NOT_FOUND);
        };
    }

    @Override
    public HttpResponse<?> act(Visit visit) {
        TokenName name = name(visit);
        TokenAdministration tokens = visit.signedIn().access().tokens();
        FormFields form = visit.form();
        Precondition seen = EntityTag.ifMatch(List.of("\"" + form.text("version") + "\""));
        return switch (verb(visit)) {
            case "edit" ->
                done(visit, tokens.edit(name, new TokenForm(form).changing(tokens.find(name)), seen), Done.EDITED);
            case "extend" -> done(visit, tokens.edit(name, new TokenForm(form).extended(), seen), Done.EXTENDED);
            case "disable" -> done(visit, tokens.disable(name, new Reason(form.text("reason")), seen), Done.DISABLED);
            case "enable" -> done(visit, tokens.enable(name, seen), Done.ENABLED);
            case "rotate" ->
                sessions.<HttpResponse<?>>once(
                                visit.signedIn(),
                                String.join("/", visit.path()) + " " + form.text("version"),
                                () -> rotated(
                                        visit,
                                        tokens.rotate(
                                                name, GracePeriod.parse(form.text("grace")), Optional.empty(), seen)))
                        .orElseGet(() -> SentBefore.rotated(visit, name));
            case "finish" -> done(visit, tokens.finishRotation(name, seen), Done.FINISHED);
            case "undo" -> done(visit, tokens.undoRotation(name, seen), Done.UNDONE);
            case DELETE -> {
                tokens.revoke(name, seen);
                yield done(visit, TokensPage.PLACE, Done.DELETED);
            }
            default -> throw new ProblemException(Problem.NOT_FOUND);
        };
    }

    /** Shows the changed token by a GET, so that loading the page again repeats nothing. */
    private HttpResponse<?> done(Visit visit, Token token, Done done) {
        sessions.changed(visit.signedIn(), token);
        return done(visit, path(token.name()), done);
    }

    private HttpResponse<?> done(Visit visit, String path, Done done) {
        sessions.announce(visit.signedIn(), new Session.Notice(path, done));
        return Html.redirect(path);
    }

    private static HttpResponse<?> rotated(Visit visit, RotatedToken rotated) {
        boolean itself = visit.signedIn().is(rotated.token());
        return SecretPage.rotated(visit, rotated, itself);
    }

    private static TokenName name(Visit visit) {
        List<String> path = visit.path();
        if (path.size() < 2 || path.size() > 3) {
            throw new ProblemException(Problem.NOT_FOUND);
        }
        return Paths.name(path.get(1));
    }

    private static String verb(Visit visit) {
        return visit.path().size() == 3 ? visit.path().get(2) : "";
    }
}
