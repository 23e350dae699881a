package io.latchkey.http.console;

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
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says of a suspected leak whether it is a secret, and of which token; and revokes it. What was pasted is not shown again. */
final class CheckPage implements Page {
    static final String PLACE = "check";

    /** A secret within other text, such as a line of a log. */
    private static final Pattern SECRET = Pattern.compile("apiv3_[A-Za-z0-9_-]+");

    private final TokenAuthority authority;

    CheckPage(TokenAuthority authority) {
        this.authority = authority;
    }

    /**
     * What the template shows.
     *
     * @param looks what the form of the text says; empty before anything was pasted
     * @param verdict whether it is accepted, in a sentence
     * @param token the token that has or had the secret, if the reader may see it
     */
    record Shown(Frame frame, String looks, String verdict, boolean isLive, Optional<TokenRow> token, boolean revoked) {
        String formToken() {
            return frame.formToken();
        }
    }

    @Override
    public HttpResponse<?> show(Visit visit) {
        return page(new Shown(visit.frame("Check a string"), "", "", false, Optional.empty(), false));
    }

    @Override
    public HttpResponse<?> act(Visit visit) {
        String pasted = visit.form().text("text");
        if (pasted.isEmpty()) {
            throw new TokenFailure.Invalid("text", "paste the string to check");
        }
        Matcher matcher = SECRET.matcher(pasted);
        TokenSecret secret = TokenSecret.presented(matcher.find() ? matcher.group() : pasted);
        return switch (visit.path()) {
            case List<String> path when path.equals(List.of(PLACE)) -> page(shown(visit, secret, false));
            case List<String> path when path.equals(List.of(PLACE, "revoke")) -> page(revoked(visit, secret));
            case List<String> _ -> throw new ProblemException(Problem.NOT_FOUND);
        };
    }

    /** Whoever has a secret may revoke it, as with the API; the ledger names the finder of a leak. */
    private Shown revoked(Visit visit, TokenSecret secret) {
        boolean wasKnown = authority.identify(secret).isPresent();
        if (wasKnown) {
            authority.actingAs(new Actor.LeakReporter()).tokens().burn(secret);
        }
        return shown(visit, secret, wasKnown);
    }

    private Shown shown(Visit visit, TokenSecret secret, boolean revoked) {
        Optional<KnownSecret> known = authority.identify(secret);
        return new Shown(
                visit.frame("Check a string"),
                secret.hasChecksum()
                        ? "It has the form and the checksum of a secret that Latchkey or InfluxDB 3 made."
                        : "It has no checksum of a secret: it was chosen by somebody, is cut off, or is something else.",
                sentence(visit, known),
                known.filter(KnownSecret::isAccepted).isPresent(),
                known.filter(found -> maySee(visit, found))
                        .map(found -> new TokenRow(
                                found.token(), Optional.empty(), Spark.of(List.of(), visit.now()), visit.now())),
                revoked);
    }

    private static boolean maySee(Visit visit, KnownSecret found) {
        return visit.signedIn().mayDo(TokenPermission.READ, found.token());
    }

    /** Why a secret is refused is said only to readers who may see its token; others learn what verifying it tells. */
    private static String sentence(Visit visit, Optional<KnownSecret> known) {
        boolean accepted = known.filter(KnownSecret::isAccepted).isPresent();
        if (!accepted
                && !visit.signedIn().seesAll()
                && known.filter(found -> maySee(visit, found)).isEmpty()) {
            return "It is not accepted here, now.";
        }
        return known.map(found -> switch (found.verdict()) {
                    case Verdict.Accepted _ -> "It is live: it is accepted now.";
                    case Verdict.Refused refused ->
                        switch (refused) {
                            case EXPIRED -> "Its token has expired.";
                            case DISABLED -> "Its token is disabled; it would be accepted again if that ends.";
                            case RETIRED -> "It is a former secret: its token was rotated.";
                            case NOT_YET -> "Its token is not valid yet.";
                            case ORIGIN -> "It is live, at the addresses that its token allows.";
                            case ROUTE -> "It is live, for the requests that its token allows.";
                            case UNKNOWN -> "No token of this server has it.";
                        };
                    case Verdict.Unavailable _ -> throw new ProblemException(Problem.UNAVAILABLE);
                })
                .orElse("No token of this server has it, or no longer.");
    }

    private static HttpResponse<?> page(Shown shown) {
        return Html.page(output -> JtecheckGenerated.render(output, null, shown));
    }
}
