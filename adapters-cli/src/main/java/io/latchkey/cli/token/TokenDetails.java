package io.latchkey.cli.token;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.TokenUse;
import io.latchkey.application.ledger.LedgerQuery;
import io.latchkey.application.ledger.LedgerRecord;
import io.latchkey.application.table.LedgerTable;
import io.latchkey.application.table.TableFormat;
import io.latchkey.application.table.TerminalText;
import io.latchkey.cli.terminal.JsonObject;
import io.latchkey.cli.terminal.Quoted;
import io.latchkey.domain.Disablement;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything about one token.
 *
 * @param uses the uses of each secret, oldest first
 * @param history its changes, in order
 */
public record TokenDetails(Token token, List<TokenUse> uses, List<LedgerRecord> history) {
    /** Reads the details of a token. */
    static TokenDetails of(ActorAccess access, TokenName name) {
        Token token = access.tokens().find(name);
        return new TokenDetails(
                token,
                access.tokens().uses(name),
                access.ledger().all(LedgerQuery.of(token.id())).stream()
                        .filter(entry -> entry.token().id().equals(token.id()))
                        .toList());
    }

    /** As text, in lines under a heading. */
    String text(String heading, Instant now) {
        StringBuilder lines = new StringBuilder(heading + "\n");
        line(lines, "id", Long.toString(token.id().value()));
        line(lines, "state", TokenObject.state(token, now));
        token.disablement().ifPresent(disablement -> line(lines, "disabled", text(disablement)));
        line(lines, "hash", token.digest().abbreviated());
        line(lines, "generation", Integer.toString(token.secrets().generation()));
        token.previousSecretUntil(now).ifPresent(until -> line(lines, "old secret", "valid until " + until));
        if (!token.description().isEmpty()) {
            line(lines, "description", TerminalText.of(token.description().text()));
        }
        line(lines, "expires", token.expiry().end().map(Instant::toString).orElse("never"));
        Optional<TokenUse> use = uses.stream().reduce(TokenUse::and);
        line(lines, "last used", use.map(this::text).orElse("never"));
        for (LedgerRecord entry : history) {
            line(
                    lines,
                    entry.kind(),
                    entry.at() + " by " + TerminalText.of(entry.by().displayName()));
        }
        return lines.toString();
    }

    /** As a JSON object: the token with its uses and its history. */
    JsonObject json(Instant now) {
        return TokenObject.of(token, uses, now).withJson("history", TableFormat.JSON.write(LedgerTable.full(history)));
    }

    /** A list of tokens under a heading, one line each; empty without tokens. */
    public static String list(String heading, List<Token> tokens) {
        StringBuilder lines = new StringBuilder();
        for (Token token : tokens) {
            lines.append(lines.isEmpty() ? heading + "\n" : "")
                    .append("  ")
                    .append(Quoted.quoted(token.name().value()))
                    .append(" (id ")
                    .append(token.id().value())
                    .append(", hash ")
                    .append(token.digest().abbreviated())
                    .append(")\n");
        }
        return lines.toString();
    }

    private static String text(Disablement disablement) {
        String reason = disablement.reason().text();
        return "since " + disablement.since() + (reason.isEmpty() ? "" : ": " + TerminalText.of(reason));
    }

    private String text(TokenUse use) {
        return use.last() + " from " + use.from().orElse("this machine") + " with generation " + use.generation();
    }

    private static void line(StringBuilder lines, String what, String text) {
        lines.append("  ").append(what).append(": ").append(text).append('\n');
    }
}
