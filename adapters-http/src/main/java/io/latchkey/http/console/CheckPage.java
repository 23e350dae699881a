package io.latchkey.http.console;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.KnownSecret;
import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.Actor;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenPermission;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import io.micronaut.http.HttpResponse;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says of suspected leaks whether they are secrets, and of which tokens; and revokes one after asking. What was pasted is not
 * shown again.
 */
final class CheckPage implements Page {
    static final String PLACE = "check";

    private static final String TITLE = "Check a string";
    private static final String SECRET = "secret";

    private final TokenAuthority authority;
    private final SealedSecrets seal;

    CheckPage(TokenAuthority authority, SecureRandom random) {
        this.authority = authority;
        seal = new SealedSecrets(random);
    }

    /**
     * What the template shows.
     *
     * @param secrets empty before anything was pasted
     * @param more how many secrets of the text were not looked at
     * @param outcome what revoking one did; empty if none was
     * @param revoked whether it is refused because of that
     */
    record Shown(Frame frame, List<CheckedSecret> secrets, int more, String outcome, boolean revoked) {
        String formToken() {
            return frame.formToken();
        }
    }

    /**
     * What the template that asks shows.
     *
     * @param details of its token, if the reader may see it
     * @param old whether its token has a newer one and stays
     */
    record Asked(Frame frame, CheckedSecret secret, Optional<TokenDetails> details, boolean old) {
        String formToken() {
            return frame.formToken();
        }
    }

    @Override
    public HttpResponse<?> show(Visit visit) {
        return page(new Shown(visit.frame(TITLE), List.of(), 0, "", false));
    }

    @Override
    public HttpResponse<?> act(Visit visit) {
        return switch (visit.path()) {
            case List<String> path when path.equals(List.of(PLACE)) -> page(checked(visit));
            case List<String> path when path.equals(List.of(PLACE, "revoke")) -> asked(visit, secret(visit));
            case List<String> path when path.equals(List.of(PLACE, "revoked")) -> page(revoked(visit, secret(visit)));
            case List<String> _ -> throw new ProblemException(Problem.NOT_FOUND);
        };
    }

    private TokenSecret secret(Visit visit) {
        return seal.open(visit.form().text(SECRET), visit.signedIn().session());
    }

    private Shown checked(Visit visit) {
        String text = visit.form().text("text");
        if (text.isEmpty()) {
            throw new TokenFailure.Invalid("text", "paste the string to check");
        }
        PastedSecrets pasted = PastedSecrets.in(text);
        List<CheckedSecret> secrets = new ArrayList<>();
        for (PastedSecrets.Pasted each : pasted.first()) {
            String place = "Secret " + (secrets.size() + 1) + " of " + pasted.all() + ", in line " + each.line();
            secrets.add(checked(visit, pasted.all() == 1 ? "" : place, each.secret()));
        }
        return new Shown(visit.frame(TITLE), secrets, pasted.all() - secrets.size(), "", false);
    }

    private CheckedSecret checked(Visit visit, String place, TokenSecret secret) {
        return CheckedSecret.of(visit, place, secret, authority.identify(secret), seal);
    }

    private HttpResponse<?> asked(Visit visit, TokenSecret secret) {
        Optional<KnownSecret> known = authority.identify(secret);
        Asked asked = new Asked(
                visit.frame("Revoke a secret"),
                CheckedSecret.of(visit, "", secret, known, seal),
                known.filter(found -> CheckedSecret.maySee(visit, found))
                        .map(found -> TokenDetails.of(visit, found.token().name())),
                known.filter(found -> CheckedSecret.maySee(visit, found))
                        .filter(found -> !found.token().digest().equals(secret.digest()))
                        .isPresent());
        return Html.page(output -> JterevokesecretGenerated.render(output, null, asked));
    }

    /** Says what it did by looking at the secret before and afterwards. */
    private Shown revoked(Visit visit, TokenSecret secret) {
        Optional<KnownSecret> before = authority.identify(secret);
        before.ifPresent(known -> revoker(visit, known).tokens().burn(secret));
        Optional<KnownSecret> after = authority.identify(secret);
        boolean revoked = before.filter(known -> !isOver(known)).isPresent()
                && after.filter(known -> !isOver(known)).isEmpty();
        return new Shown(
                visit.frame(TITLE),
                List.of(CheckedSecret.of(visit, "", secret, after, seal)),
                0,
                outcome(before, after, revoked),
                revoked);
    }

    private static boolean isOver(KnownSecret known) {
        return known.verdict() == Verdict.Refused.RETIRED;
    }

    private static String outcome(Optional<KnownSecret> before, Optional<KnownSecret> after, boolean revoked) {
        if (revoked) {
            return after.isPresent()
                    ? "It was revoked: it is refused from now on. Its token stays, with its new secret."
                    : "It was revoked: it is refused from now on. Its token was deleted.";
        }
        // The operator token is known to everybody, and the holder of its secret may do everything.
        return before.filter(known -> known.token().isOperator() && !isOver(known))
                .map(_ ->
                        "It was not revoked: it is the secret of the operator token, and still live. Only the leak was"
                                + " recorded. Regenerate the token now: latchkey create token --admin --regenerate")
                .orElse("Nothing was revoked: no token of this server has it, or no longer.");
    }

    /** Who may delete the token does so; others only because they have the secret, as the finder of a leak with the API. */
    private ActorAccess revoker(Visit visit, KnownSecret known) {
        return visit.signedIn().mayDo(TokenPermission.DELETE, known.token())
                ? visit.signedIn().access()
                : authority.actingAs(new Actor.LeakReporter());
    }

    private static HttpResponse<?> page(Shown shown) {
        return Html.page(output -> JtecheckGenerated.render(output, null, shown));
    }
}
