package io.latchkey.http.console;

import io.latchkey.application.ListedToken;
import io.latchkey.application.TokenUse;
import io.latchkey.application.table.TerminalText;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.Token;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A token as the list shows it; text of others has its invisible characters shown. */
record TokenRow(Token token, Optional<TokenUse> use, Spark days, Instant now) {
    static TokenRow of(ListedToken listed, Instant now) {
        return new TokenRow(listed.token(), listed.use(), Spark.of(listed.days().orElse(List.of()), now), now);
    }

    String name() {
        return TerminalText.of(token.name().value());
    }

    String path() {
        return TokenPage.url(token.name());
    }

    String description() {
        return TerminalText.of(token.description().text());
    }

    String owner() {
        return TerminalText.of(token.attributes().owner().text());
    }

    List<String> labels() {
        return token.attributes().labels().texts().stream()
                .map(TerminalText::of)
                .toList();
    }

    String kind() {
        return token.kind().word();
    }

    /** {@code active}, {@code pending}, {@code disabled} or {@code expired}. */
    String state() {
        return token.stateAt(now).name().toLowerCase(Locale.ROOT);
    }

    /** What the expiry means now: {@code never}, {@code expired}, {@code soon} or {@code later}. */
    String expiry() {
        if (token.expiry().end().isEmpty()) {
            return "never";
        }
        if (!token.expiry().isLiveAt(now)) {
            return "expired";
        }
        return token.expiry().isWithin(token.expiry().lastDays(Expiry.EXPIRING_SOON, token.createdAt()), now)
                ? "soon"
                : "later";
    }

    long uses() {
        return use.map(TokenUse::count).orElse(0L);
    }

    /** Whether the previous secret still works. */
    boolean isRotating() {
        return token.previousSecretUntil(now).isPresent();
    }
}
