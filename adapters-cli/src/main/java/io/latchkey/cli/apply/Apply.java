package io.latchkey.cli.apply;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.OfflineToken;
import io.latchkey.application.table.TerminalText;
import io.latchkey.application.transfer.ChangeRefused;
import io.latchkey.application.transfer.DeclaredToken;
import io.latchkey.application.transfer.DryRun;
import io.latchkey.application.transfer.TokenPlan;
import io.latchkey.application.transfer.TokenPlan.Action;
import io.latchkey.application.transfer.TokenPlan.Prune;
import io.latchkey.application.transfer.TokenPlan.Step;
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
import io.latchkey.cli.terminal.JsonObject;
import io.latchkey.cli.terminal.Quoted;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** {@code apply}: makes the tokens match a YAML file. */
public record Apply(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(
                        this,
                        "apply",
                        "Create, change and delete tokens as a YAML file declares; all of them, or none if"
                                + " one of them is refused. Applying the same file again changes nothing.")
                .addOption(CommandSpecs.value("<FILE>", "YAML file that declares the tokens", "--file", "-f"))
                .addOption(CommandSpecs.flag("Change nothing; print what would change", "--dry-run"))
                .addOption(CommandSpecs.flag("Delete the named tokens that the file does not declare", "--prune"))
                .addOption(Confirmation.option())
                .addOption(ResultFormat.option());
        WaitOption.addTo(spec);
        AuthorityOptions.addTo(
                spec, "tokens:NAME:create, update and delete for what it does, and tokens:NAME:read to compare");
        return CommandSpecs.withExamples(
                spec,
                "  latchkey apply --file tokens.yaml --dry-run",
                "  latchkey apply --file tokens.yaml --prune --yes --host URL --token @operator.token",
                "",
                "The file, which contains no secrets:",
                "  tokens:",
                "    - name: ci",
                "      description: nightly build",
                "      expiry: 2030-01-31T12:00:00Z   # or never; a missing key leaves the value as" + " it is",
                "      hash: 1f0c...                  # SHA-512 of a secret that was created" + " elsewhere",
                "    - name: backup",
                "      secret_file: /run/backup.token # file with the secret; created if it is" + " missing",
                "      permissions: [backup:*:read]   # without the key, a new token is an admin",
                "      from: [10.0.0.0/8]             # [] for anywhere",
                "      not_before: 2030-01-31         # or none",
                "      owner: the build team          # \"\" for nobody",
                "      labels: {env: prod}            # {} for none",
                "      routes: [GET a.example.org/**] # [] for any request");
    }

    @Override
    public String failure() {
        return "Apply command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        ResultFormat format = ResultFormat.of(arguments);
        Path file = arguments.required("--file", Location::path);
        Location location = Location.of(arguments);
        Optional<Credential> credential = Credential.of(arguments);
        Prune others = arguments.has("--prune") ? Prune.YES : Prune.NO;
        Environment environment = arguments.environment();
        List<TokensYaml.Item> items = TokensYaml.read(file);
        boolean dry = arguments.has("--dry-run");
        Optional<Environment> writing = dry ? Optional.empty() : Optional.of(environment);
        List<SecretFile> written = new ArrayList<>();
        try {
            if (!dry
                    && !location.isMissing()
                    && !isLossAccepted(
                            arguments,
                            others,
                            () -> authorities.ask(
                                    location,
                                    credential,
                                    access -> access.transfer()
                                            .apply(
                                                    declared(
                                                            items,
                                                            access.tokens().list(),
                                                            Optional.empty(),
                                                            written),
                                                    others,
                                                    DryRun.YES)))) {
                return ExitCode.FAILED;
            }
            TokenPlan plan;
            if (location.isMissing()) {
                List<DeclaredToken> wanted = declared(items, List.of(), writing, written);
                // Refused before a secret file is written.
                TokenPlan first = TokenPlan.of(wanted, List.of(), others);
                plan = dry || first.steps().isEmpty()
                        ? first
                        : authorities.ask(
                                location,
                                credential,
                                WaitOption.applied(
                                        arguments, access -> access.transfer().apply(wanted, others, DryRun.NO)));
            } else {
                plan = authorities.ask(
                        location,
                        credential,
                        WaitOption.applied(
                                arguments,
                                access -> access.transfer()
                                        .apply(
                                                declared(items, access.tokens().list(), writing, written),
                                                others,
                                                dry ? DryRun.YES : DryRun.NO)));
            }
            return new ShownOnce(arguments)
                    .print(
                            format.format(
                                    () -> text(plan) + (dry ? "Nothing was changed\n" : ""),
                                    () -> json(plan, dry ? DryRun.YES : DryRun.NO)),
                            dry
                                    ? "Nothing was changed, and the plan could not be printed\n"
                                    : "The tokens were applied and each new secret is in its file, but the result could"
                                            + " not be printed\n");
        } catch (ChangeRefused e) {
            written.forEach(SecretFile::delete);
            throw TokensYaml.refused(
                    file, items.get(e.index()).line(), e.failure().sentence());
        } catch (RuntimeException e) {
            // A request without a response may have been executed, and the next attempt needs the same secrets.
            if (!(e instanceof AuthorityUnavailable && location instanceof Location.Remote)) {
                written.forEach(SecretFile::delete);
            }
            throw e;
        }
    }

    /** Whether the deletions of a plan are confirmed; the plan is not computed if no confirmation is needed. */
    private boolean isLossAccepted(Arguments arguments, Prune others, Supplier<TokenPlan> plan) {
        if (others == Prune.NO || arguments.has("--yes")) {
            return true;
        }
        List<TokenName> lost = plan.get().steps().stream()
                .filter(step -> step.fate() == Action.DELETE)
                .map(Step::name)
                .toList();
        return lost.isEmpty()
                || Confirmation.isGiven(
                        arguments,
                        failure(),
                        Confirmation.listed("To be deleted, because the file does not declare them:", lost),
                        "delete " + Quoted.counted(lost.size()));
    }

    private List<DeclaredToken> declared(
            List<TokensYaml.Item> items, List<Token> present, Optional<Environment> writing, List<SecretFile> written) {
        Set<TokenName> names = present.stream().map(Token::name).collect(Collectors.toSet());
        return items.stream()
                .map(item -> declared(item, names, writing, written))
                .toList();
    }

    /**
     * A declared token whose secret is in a file. The file is written before the token is created, so that no token
     * is without its secret; an existing file is read, so that a second attempt continues an interrupted one.
     */
    private DeclaredToken declared(
            TokensYaml.Item item, Set<TokenName> present, Optional<Environment> writing, List<SecretFile> written) {
        Optional<TokenDigest> digest = item.digest();
        if (item.secretFile().isPresent()) {
            SecretFile secretFile = new SecretFile(item.secretFile().get());
            if (secretFile.exists()) {
                digest = Optional.of(secretFile.read().digest());
            } else if (!present.contains(item.name())) {
                OfflineToken prepared = authorities.prepare(item.name(), Lifetime.UNLIMITED, Description.NONE);
                if (writing.isPresent()) {
                    secretFile.write(prepared, writing.get());
                    written.add(secretFile);
                }
                digest = Optional.of(prepared.secret().digest());
            }
        }
        return new DeclaredToken(item.name(), item.description(), item.expiry(), digest, item.attributes());
    }

    private static JsonObject json(TokenPlan plan, DryRun run) {
        return new JsonObject()
                .with("dry_run", run == DryRun.YES)
                .with(
                        "steps",
                        plan.steps().stream()
                                .map(step -> new JsonObject()
                                        .with("action", step.fate().name().toLowerCase(Locale.ROOT))
                                        .with("name", step.name().value())
                                        .withTexts("differences", step.differences().stream())));
    }

    private static String text(TokenPlan plan) {
        StringBuilder lines = new StringBuilder();
        Map<Action, Integer> counts = new EnumMap<>(Action.class);
        for (Step step : plan.steps()) {
            counts.merge(step.fate(), 1, Integer::sum);
            lines.append(String.format(Locale.ROOT, "%-11s", step.fate().name().toLowerCase(Locale.ROOT)))
                    .append(Quoted.quoted(step.name().value()))
                    .append(step.differences().isEmpty() ? "" : ": ")
                    .append(TerminalText.of(String.join(", ", step.differences())))
                    .append('\n');
        }
        return lines
                + String.format(
                        Locale.ROOT,
                        "%d to create, %d to edit, %d unchanged, %d to delete\n",
                        Stream.of(Action.values())
                                .map(fate -> counts.getOrDefault(fate, 0))
                                .toArray());
    }
}
