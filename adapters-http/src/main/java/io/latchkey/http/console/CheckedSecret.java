package io.latchkey.http.console;

import io.latchkey.application.KnownSecret;
import io.latchkey.domain.TokenPermission;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import java.util.List;
import java.util.Optional;

/**
 * What a page says of a suspected secret.
 *
 * @param place which of several it is; empty if it is the only one
 * @param verdict whether it is accepted, in a sentence
 * @param looks what its form says
 * @param token the token that has or had it, if the reader may see it
 * @param sealed what the form to revoke it sends; empty if there is nothing to revoke
 */
record CheckedSecret(
        String place, String verdict, String looks, boolean isLive, Optional<TokenRow> token, String sealed) {
    static final String UNKNOWN = "No token of this server has it, or no longer.";

    static CheckedSecret of(
            Visit visit, String place, TokenSecret secret, Optional<KnownSecret> known, SealedSecrets seal) {
        return new CheckedSecret(
                place,
                sentence(visit, known),
                secret.hasChecksum()
                        ? "It has the form and the checksum of a secret that Latchkey or InfluxDB 3 made."
                        : "It has no checksum of a secret: it was chosen by somebody, is cut off, or is something else.",
                known.filter(KnownSecret::isAccepted).isPresent(),
                known.filter(found -> maySee(visit, found))
                        .map(found -> new TokenRow(
                                found.token(), Optional.empty(), Spark.of(List.of(), visit.now()), visit.now())),
                mayBeRevoked(visit, known) ? seal.seal(secret, visit.signedIn().session()) : "");
    }

    boolean isOperators() {
        return token.filter(row -> row.token().isOperator()).isPresent();
    }

    static boolean maySee(Visit visit, KnownSecret found) {
        return visit.signedIn().mayDo(TokenPermission.READ, found.token());
    }

    /** For readers who may not see its token, every secret: they learn nothing from the button. */
    private static boolean mayBeRevoked(Visit visit, Optional<KnownSecret> known) {
        if (known.filter(found -> maySee(visit, found)).isEmpty()) {
            return !visit.signedIn().seesAll();
        }
        return known.filter(found -> found.verdict() != Verdict.Refused.RETIRED).isPresent();
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
                            case UNKNOWN -> UNKNOWN;
                        };
                    case Verdict.Unavailable _ -> throw new ProblemException(Problem.UNAVAILABLE);
                })
                .orElse(UNKNOWN);
    }
}
