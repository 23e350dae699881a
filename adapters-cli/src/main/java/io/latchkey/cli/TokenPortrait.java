package io.latchkey.cli;

import io.latchkey.application.LedgerLine;
import io.latchkey.application.LedgerQuery;
import io.latchkey.application.Printable;
import io.latchkey.application.TokenAdministration;
import io.latchkey.application.TokenUse;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenName;
import java.time.Instant;
import java.util.List;

/** What somebody should know of a token before ending it, or of some before they live again. */
final class TokenPortrait {
    private TokenPortrait() {}

    /** Lines about the token of a name. */
    static String of(TokenAdministration administration, TokenName name) {
        Token token = administration.find(name);
        StringBuilder lines = new StringBuilder("Token " + Text.quoted(name.value()) + " would be deleted\n");
        line(lines, "id", Long.toString(token.id().value()));
        line(lines, "hash", token.digest().abbreviated());
        if (!token.description().isEmpty()) {
            line(lines, "description", Printable.of(token.description().text()));
        }
        line(lines, "expires", token.expiry().end().map(Instant::toString).orElse("never"));
        line(
                lines,
                "last used",
                administration.uses(name).stream()
                        .reduce(TokenUse::and)
                        .map(TokenPortrait::told)
                        .orElse("never"));
        List<LedgerLine> history = ShowLedger.all(administration, LedgerQuery.of(token.id())).stream()
                .filter(entry -> entry.token().id().equals(token.id()))
                .toList();
        for (LedgerLine entry : history) {
            line(
                    lines,
                    entry.kind(),
                    entry.at() + " by " + Printable.of(entry.by().label()));
        }
        return lines.toString();
    }

    /** Tokens under a heading, a line each; nothing if there is none. */
    static String list(String heading, List<Token> tokens) {
        StringBuilder lines = new StringBuilder();
        for (Token token : tokens) {
            lines.append(lines.isEmpty() ? heading + "\n" : "")
                    .append("  ")
                    .append(Text.quoted(token.name().value()))
                    .append(" (id ")
                    .append(token.id().value())
                    .append(", hash ")
                    .append(token.digest().abbreviated())
                    .append(")\n");
        }
        return lines.toString();
    }

    private static String told(TokenUse use) {
        return use.last() + " from " + use.from().orElse("this machine");
    }

    private static void line(StringBuilder lines, String what, String text) {
        lines.append("  ").append(what).append(": ").append(text).append('\n');
    }
}
