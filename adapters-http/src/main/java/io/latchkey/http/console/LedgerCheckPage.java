package io.latchkey.http.console;

import io.latchkey.application.TokenAuthority;
import io.latchkey.application.TokenStore.LedgerCheck;
import io.latchkey.application.ledger.LedgerHead;
import io.latchkey.domain.TokenId;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import io.latchkey.http.wire.ProblemStatus;
import io.micronaut.http.HttpResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Verifies the chain of the ledger and shows its head; one verification at a time, because each reads all of it. */
final class LedgerCheckPage {
    private static final Problem IN_PROGRESS = new Problem(
            ProblemStatus.SERVICE_UNAVAILABLE, "unavailable", "another verification of the ledger is in progress");

    private final TokenAuthority authority;
    private final Semaphore verifying = new Semaphore(1);

    LedgerCheckPage(TokenAuthority authority) {
        this.authority = authority;
    }

    /**
     * What the template shows.
     *
     * @param head of the chain; empty if the ledger is not intact
     */
    record Shown(Frame frame, String sentence, Optional<String> head) {}

    /** The response to the form with an earlier head, which may be empty. */
    HttpResponse<?> act(Visit visit) {
        String typed = visit.form().text("head").toLowerCase(Locale.ROOT);
        Optional<LedgerHead> expected =
                Optional.of(typed).filter(text -> !text.isEmpty()).map(LedgerHead::new);
        LedgerCheck check = verified(visit, expected);
        Shown shown = new Shown(visit.frame("Ledger"), sentence(check, expected), head(check));
        return Html.page(output -> JteledgercheckGenerated.render(output, null, shown));
    }

    private LedgerCheck verified(Visit visit, Optional<LedgerHead> expected) {
        if (!verifying.tryAcquire()) {
            throw new ProblemException(IN_PROGRESS);
        }
        try {
            return authority.verifyLedger(visit.signedIn().actor(), expected);
        } finally {
            verifying.release();
        }
    }

    private static Optional<String> head(LedgerCheck check) {
        return check instanceof LedgerCheck.Whole whole
                ? Optional.of(whole.head().hex())
                : Optional.empty();
    }

    private static String sentence(LedgerCheck check, Optional<LedgerHead> expected) {
        return switch (check) {
            case LedgerCheck.Whole(var revision, var _) ->
                String.format(
                        Locale.ENGLISH,
                        "%,d %s: each follows from the one before, and the tokens follow from all of them%s.",
                        revision,
                        revision == 1 ? "entry" : "entries",
                        expected.map(_ -> "; the earlier head is among them").orElse(""));
            case LedgerCheck.Broken(var revision, var flaw) ->
                "Entry " + revision + " was " + flaw.name().toLowerCase(Locale.ROOT)
                        + ". Restore a backup, or regenerate the tokens concerned.";
            case LedgerCheck.Unexplained(var revision, var token) ->
                "The ledger does not explain "
                        + token.map(TokenId::value)
                                .map(id -> "the token with the id " + id)
                                .orElse("a token")
                        + ": it was changed without an entry, or the entries after " + revision + " were removed.";
            case LedgerCheck.Truncated(var revision) ->
                "The ledger does not contain that head: the entries after " + revision
                        + " were removed, entries were rewritten, or the head is not one of this ledger.";
        };
    }
}
