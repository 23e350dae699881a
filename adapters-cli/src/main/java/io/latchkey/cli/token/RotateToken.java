package io.latchkey.cli.token;

import io.latchkey.application.ActorAccess;
import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.AuthorityOptions;
import io.latchkey.cli.authority.Credential;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.authority.WaitOption;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.Confirmation;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.cli.command.ResultFormat;
import io.latchkey.cli.command.ShownOnce;
import io.latchkey.cli.terminal.Environment;
import io.latchkey.cli.terminal.Quoted;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.IdempotencyKey;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenName;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/** {@code rotate token}: gives a token a new secret, with a grace period for the old one. */
public record RotateToken(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(
                        this,
                        "token",
                        "Give a token a new secret. With --grace, the old secret stays valid for that time,"
                                + " and meanwhile the rotation can be finished early or undone; without it, the old"
                                + " secret is no longer valid. A server on the same database file applies a rotation"
                                + " within 10 ms.")
                .addOption(CommandSpecs.value(
                        "<NAME>", "Name of the token to rotate; _admin for the operator token", "--token-name"))
                .addOption(CommandSpecs.value(
                        "<DURATION>",
                        "Grace period of the old secret, such as 24h; at most 30 days, and not longer than"
                                + " the token",
                        "--grace"))
                .addOption(CommandSpecs.flag("End the grace period now; the old secret is no longer valid", "--finish"))
                .addOption(CommandSpecs.flag(
                        "Return to the old secret during the grace period; the new one is no longer valid", "--undo"))
                .addOption(CommandSpecs.value(
                        "<KEY>",
                        "Any text; a repeated rotation with the same key changes nothing, so that a script"
                                + " can be repeated",
                        "--idempotency-key"))
                .addOption(Confirmation.option())
                .addOption(CommandSpecs.choice(
                        RotatedTokenFormat.class, "<FORMAT>", "text, json, or token for the bare token", "--format"));
        WaitOption.addTo(spec);
        AuthorityOptions.addTo(spec, "tokens:NAME:rotate, and none for itself");
        return CommandSpecs.withExamplesInColour(
                spec,
                "  latchkey rotate token --token-name backup --grace 24h",
                "  latchkey rotate token --token-name backup --finish",
                "  latchkey rotate token --token-name backup --undo",
                "  latchkey rotate token --token-name ci --yes --format token --idempotency-key 2026-03 > ci.token");
    }

    @Override
    public String failure() {
        return "Rotate command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        TokenName name = arguments.required("--token-name", TokenName::new);
        checkCombination(arguments);
        String shown = Quoted.quoted(name.value());
        if (arguments.has("--finish")) {
            return end(
                    arguments,
                    access -> access.tokens().finishRotation(name, Precondition.NONE),
                    "Rotation of token " + shown + " finished: the old secret is no longer valid");
        }
        if (arguments.has("--undo")) {
            return end(
                    arguments,
                    access -> access.tokens().undoRotation(name, Precondition.NONE),
                    "Rotation of token " + shown
                            + " undone: the old secret is current again, and the new one is no longer valid");
        }
        RotatedTokenFormat listing = arguments.choice("--format", RotatedTokenFormat.TEXT);
        GracePeriod grace = arguments.parse("--grace", GracePeriod::parse).orElse(GracePeriod.NONE);
        Optional<IdempotencyKey> key = arguments.parse("--idempotency-key", IdempotencyKey::new);
        Location location = Location.of(arguments).existing();
        Optional<Credential> credential = Credential.of(arguments);
        if (grace.equals(GracePeriod.NONE)
                && !Confirmation.isGiven(
                        arguments,
                        failure(),
                        "The secret that " + shown
                                + " has now will no longer be valid; --grace 24h would keep it valid for a day\n",
                        "rotate " + shown)) {
            return ExitCode.FAILED;
        }
        var rotated = authorities.ask(
                location,
                credential,
                WaitOption.applied(arguments, access -> access.tokens().rotate(name, grace, key, Precondition.NONE)));
        Environment environment = arguments.environment();
        Instant now = authorities.clock().instant();
        var shownOnce = new ShownOnce(arguments);
        String text = listing.of(rotated, environment, now);
        int code = rotated.token().previousSecretUntil(now).isPresent()
                ? shownOnce.printWithGrace(text, name)
                : shownOnce.print(text, name);
        if (listing != RotatedTokenFormat.TEXT) {
            RotatedTokenFormat.impediment(rotated.token(), now)
                    .ifPresent(why -> environment.err().print("warning: " + why + "\n"));
        }
        return code;
    }

    private static void checkCombination(Arguments arguments) {
        if (arguments.has("--finish") && arguments.has("--undo")) {
            throw arguments.refused(
                    "--finish cannot be used with --undo: --finish keeps the new secret, --undo the old" + " one");
        }
        for (String end : new String[] {"--finish", "--undo"}) {
            for (String option : new String[] {"--grace", "--idempotency-key"}) {
                if (arguments.has(end) && arguments.has(option)) {
                    throw arguments.refused(end + " cannot be used with " + option + ": it creates no new secret");
                }
            }
            if (arguments.has(end)
                    && arguments.choice("--format", RotatedTokenFormat.TEXT) == RotatedTokenFormat.TOKEN) {
                throw arguments.refused(end + " cannot be used with --format token: it creates no new secret");
            }
        }
    }

    private int end(Arguments arguments, Function<ActorAccess, Token> act, String done) {
        ResultFormat format = ResultFormat.of(arguments);
        Token token = authorities.ask(
                Location.of(arguments).existing(), Credential.of(arguments), WaitOption.applied(arguments, act));
        format.print(
                arguments.environment(),
                () -> done + "\n",
                () -> TokenObject.of(token, authorities.clock().instant()));
        return ExitCode.OK;
    }
}
