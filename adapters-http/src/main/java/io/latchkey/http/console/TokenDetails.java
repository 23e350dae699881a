package io.latchkey.http.console;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.ListedToken;
import io.latchkey.application.TokenUse;
import io.latchkey.application.ledger.LedgerQuery;
import io.latchkey.application.ledger.LedgerRecord;
import io.latchkey.application.table.TerminalText;
import io.latchkey.application.usage.UseHistory;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Rights;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenPermission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the page of a token shows.
 *
 * @param uses of each secret, the newest first
 * @param byDay its uses and refusals on each of the last days
 * @param byHour those in each of the last hours
 * @param history the newest changes, the newest first; empty if the reader may not see the ledger
 */
record TokenDetails(
        Frame frame,
        String done,
        SignedIn reader,
        Token token,
        List<TokenUse> uses,
        Plot byDay,
        Plot byHour,
        Optional<List<LedgerRecord>> history,
        Instant now) {
    private static final int MOST_HISTORY = 50;
    private static final Duration IN_USE = Duration.ofDays(30);

    static TokenDetails of(Visit visit, TokenName name) {
        ActorAccess access = visit.signedIn().access();
        Token token = access.tokens().find(name);
        UseHistory history = access.tokens().useHistory(name);
        return new TokenDetails(
                visit.frame(TerminalText.of(name.value())),
                visit.done(),
                visit.signedIn(),
                token,
                access.tokens().uses(name).reversed(),
                Plots.days(history),
                Plots.hours(history),
                history(access, token),
                visit.now());
    }

    private static Optional<List<LedgerRecord>> history(ActorAccess access, Token token) {
        try {
            List<LedgerRecord> all = access.ledger().all(LedgerQuery.of(token.id()));
            return Optional.of(all.reversed().stream().limit(MOST_HISTORY).toList());
        } catch (TokenFailure.PermissionMissing e) {
            return Optional.empty();
        }
    }

    TokenRow row() {
        return TokenRow.of(new ListedToken(token, uses), now);
    }

    String name() {
        return TerminalText.of(token.name().value());
    }

    /** The path of one of its acts. */
    String act(String act) {
        return TokenPage.url(token.name()) + "/" + act;
    }

    /** What a form sends along so that it applies to this version only. */
    String version() {
        return token.id() + "-" + token.version().number();
    }

    String formToken() {
        return reader.session().formToken();
    }

    boolean mayEdit() {
        return may(TokenPermission.UPDATE);
    }

    boolean mayDisable() {
        return may(TokenPermission.DISABLE);
    }

    boolean mayDelete() {
        return may(TokenPermission.DELETE);
    }

    /** Every token may rotate itself. */
    boolean mayRotate() {
        return reader.is(token) || may(TokenPermission.ROTATE);
    }

    private boolean may(TokenPermission act) {
        return !token.isOperator() && reader.mayDo(act, token);
    }

    boolean isAdmin() {
        return switch (token.rights()) {
            case Rights.All() -> true;
            case Permissions _ -> false;
        };
    }

    List<String> permissions() {
        return token.rights().texts().stream().map(TerminalText::of).toList();
    }

    /** Values of a list, one a line, as they are, for an input. */
    static String lines(List<String> values) {
        return String.join("\n", values);
    }

    String path() {
        return TokenPage.url(token.name());
    }

    String number(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    String reason() {
        return token.disablement()
                .map(each -> TerminalText.of(each.reason().text()))
                .orElse("");
    }

    Optional<Instant> previousUntil() {
        return token.previousSecretUntil(now);
    }

    /** Whether it was used within the last month. */
    boolean isInUse() {
        return row().use()
                .filter(use -> Duration.between(use.last(), now).compareTo(IN_USE) < 0)
                .isPresent();
    }

    String notBefore() {
        return token.attributes().notBefore().at().map(Instant::toString).orElse("");
    }

    Moment moment(Instant at) {
        return new Moment(at, now);
    }

    String uses(long count) {
        return number(count) + (count == 1 ? " use" : " uses");
    }

    /** Who did something, as the ledger names actors. */
    static String by(LedgerRecord entry) {
        return TerminalText.of(entry.by().displayName());
    }

    static String name(LedgerRecord entry) {
        return TerminalText.of(entry.token().name().value());
    }

    static String kind(LedgerRecord entry) {
        return entry.kind().replace('_', ' ');
    }

    /** Who created it, as far as known. */
    String creator() {
        return history.stream()
                .flatMap(List::stream)
                .filter(entry -> entry.kind().equals("issued"))
                .map(TokenDetails::by)
                .findFirst()
                .or(() -> token.createdBy().map(id -> "the token with the id " + id))
                .orElse("");
    }

    static String from(TokenUse use) {
        return TerminalText.of(use.from().orElse("this machine"));
    }

    boolean isCurrent(TokenUse use) {
        return use.generation() == token.secrets().generation();
    }
}
