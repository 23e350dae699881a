package io.latchkey.cli;

import io.latchkey.application.TokenAdministration;
import io.latchkey.domain.Grace;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.RotationKey;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenName;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/** {@code rotate token}: a new secret for a token, and time to put it where the old one is. */
record RotateToken(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                        this,
                        "token",
                        "Give a token a new secret. With a grace, the old one works beside it for that long, and the"
                                + " rotation can be finished early or undone meanwhile; without, the old one dies at"
                                + " once. A server learns of a rotation in its file within 10 ms.")
                .addOption(
                        Syntax.value("<NAME>", "Name of the token to rotate; _admin is the operator", "--token-name"))
                .addOption(Syntax.value(
                        "<DURATION>",
                        "How long the old secret works, such as 24h: at most 30 days, and not longer than the token",
                        "--grace"))
                .addOption(Syntax.flag("End the old secret now", "--finish"))
                .addOption(Syntax.flag("Return to the old secret while it works; the new one dies", "--undo"))
                .addOption(Syntax.value(
                        "<KEY>",
                        "Any text: a rotation that was done with it is not done again when a script is repeated",
                        "--idempotency-key"))
                .addOption(Confirmation.option())
                .addOption(Syntax.choice(
                        RotatedListing.class, "<FORMAT>", "text, json, or token for the bare token", "--format"));
        AuthorityOptions.addTo(spec);
        return Syntax.withExamples(
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
        String shown = Text.quoted(name.value());
        if (arguments.has("--finish")) {
            return end(
                    arguments,
                    administration -> administration.finishRotation(name, Precondition.NONE),
                    "Rotation of token " + shown + " finished: its old secret is dead");
        }
        if (arguments.has("--undo")) {
            return end(
                    arguments,
                    administration -> administration.undoRotation(name, Precondition.NONE),
                    "Rotation of token " + shown + " undone: it has its old secret again, and the new one is dead");
        }
        RotatedListing listing = arguments.choice("--format", RotatedListing.TEXT);
        Grace grace = arguments.parse("--grace", Grace::parse).orElse(Grace.NONE);
        Optional<RotationKey> key = arguments.parse("--idempotency-key", RotationKey::new);
        Location location = Location.of(arguments).existing();
        Optional<Credential> credential = Credential.of(arguments);
        if (grace.equals(Grace.NONE)
                && !Confirmation.isGiven(
                        arguments,
                        failure(),
                        "The secret that " + shown + " has now opens nothing from then on; --grace 24h would let both"
                                + " work for a day\n",
                        "rotate " + shown)) {
            return ExitCode.FAILED;
        }
        var rotated = authorities.ask(
                location, credential, administration -> administration.rotate(name, grace, key, Precondition.NONE));
        Environment environment = arguments.environment();
        Instant now = authorities.clock().instant();
        int code = new ShownOnce(arguments).print(listing.of(rotated, environment, now), name);
        if (listing != RotatedListing.TEXT) {
            RotatedListing.impediment(rotated.token(), now)
                    .ifPresent(why -> environment.err().print("warning: " + why + "\n"));
        }
        return code;
    }

    private static void checkCombination(Arguments arguments) {
        if (arguments.has("--finish") && arguments.has("--undo")) {
            throw arguments.refused("--finish cannot be used with --undo: which of the two secrets is to stay?");
        }
        for (String end : new String[] {"--finish", "--undo"}) {
            for (String option : new String[] {"--grace", "--idempotency-key"}) {
                if (arguments.has(end) && arguments.has(option)) {
                    throw arguments.refused(end + " cannot be used with " + option + ": it makes no new secret");
                }
            }
            if (arguments.has(end) && arguments.choice("--format", RotatedListing.TEXT) == RotatedListing.TOKEN) {
                throw arguments.refused(end + " cannot be used with --format token: it makes no new secret");
            }
        }
    }

    private int end(Arguments arguments, Function<TokenAdministration, Token> act, String done) {
        ResultFormat format = ResultFormat.of(arguments);
        Token token = authorities.ask(Location.of(arguments).existing(), Credential.of(arguments), act);
        format.print(
                arguments.environment(),
                () -> done + "\n",
                () -> JsonToken.of(token, authorities.clock().instant()));
        return ExitCode.OK;
    }
}
