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
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Disablement;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.RequiredPermission;
import io.latchkey.domain.Rights;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything about one token.
 *
 * @param uses the uses of each secret, oldest first
 * @param history its changes, in order; empty if the caller must not read them
 */
public record TokenDetails(Token token, List<TokenUse> uses, Optional<List<LedgerRecord>> history) {
    /** Reads the details of a token. */
    static TokenDetails of(ActorAccess access, TokenName name) {
        Token token = access.tokens().find(name);
        return new TokenDetails(token, access.tokens().uses(name), history(access, token.id()));
    }

    private static Optional<List<LedgerRecord>> history(ActorAccess access, TokenId id) {
        try {
            return Optional.of(access.ledger().all(LedgerQuery.of(id)).stream()
                    .filter(entry -> entry.token().id().equals(id))
                    .toList());
        } catch (TokenFailure.PermissionMissing _) {
            return Optional.empty();
        }
    }

    /** As text, in lines under a heading. */
    String text(String heading, Instant now) {
        StringBuilder lines = new StringBuilder(heading + "\n");
        line(lines, "id", Long.toString(token.id().value()));
        line(lines, "kind", token.kind().word());
        line(lines, "state", TokenObject.state(token, now));
        token.disablement().ifPresent(disablement -> line(lines, "disabled", text(disablement)));
        if (!token.digest().isHidden()) {
            line(lines, "hash", token.digest().abbreviated());
        }
        line(lines, "generation", Integer.toString(token.secrets().generation()));
        token.previousSecretUntil(now).ifPresent(until -> line(lines, "old secret", "valid until " + until));
        if (!token.description().isEmpty()) {
            line(lines, "description", TerminalText.of(token.description().text()));
        }
        attributes(lines, token.attributes());
        line(lines, "expires", token.expiry().end().map(Instant::toString).orElse("never"));
        Optional<TokenUse> use = uses.stream().reduce(TokenUse::and);
        line(lines, "last used", use.map(this::text).orElse("never"));
        if (history.isEmpty()) {
            line(lines, "history", "reading it needs the permission " + historyPermission());
        }
        for (LedgerRecord entry : history.orElse(List.of())) {
            line(
                    lines,
                    entry.kind(),
                    entry.at() + " by " + TerminalText.of(entry.by().displayName()));
        }
        return lines.toString();
    }

    private String historyPermission() {
        return RequiredPermission.of("ledger", token.name().value(), "read").text();
    }

    private static void attributes(StringBuilder lines, Attributes attributes) {
        switch (attributes.rights()) {
            case Rights.All() -> {}
            case Permissions permissions -> {
                List<String> texts = permissions.texts().isEmpty() ? List.of("none") : permissions.texts();
                texts.forEach(text -> line(lines, "permission", TerminalText.of(text)));
            }
        }
        attributes.from().texts().forEach(network -> line(lines, "from", network));
        attributes.notBefore().at().ifPresent(start -> line(lines, "not before", start.toString()));
        if (!attributes.owner().isEmpty()) {
            line(lines, "owner", TerminalText.of(attributes.owner().text()));
        }
        attributes.labels().texts().forEach(label -> line(lines, "label", TerminalText.of(label)));
        attributes.routes().texts().forEach(route -> line(lines, "route", route));
    }

    /** As a JSON object: the token with its uses and its history, which is null if the caller must not read it. */
    JsonObject json(Instant now) {
        return TokenObject.of(token, uses, now)
                .withJson(
                        "history",
                        history.map(entries -> TableFormat.JSON.write(LedgerTable.full(entries)))
                                .orElse("null"));
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
