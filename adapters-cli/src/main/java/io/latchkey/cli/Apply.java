package io.latchkey.cli;

import io.latchkey.application.ChangeRefused;
import io.latchkey.application.DeclaredToken;
import io.latchkey.application.PreparedToken;
import io.latchkey.application.Printable;
import io.latchkey.application.TokenPlan;
import io.latchkey.application.TokenPlan.Others;
import io.latchkey.application.TokenPlan.Step;
import io.latchkey.application.TokenStore;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** {@code apply}: the tokens that a file wants. */
record Apply(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                        this,
                        "apply",
                        "Make the tokens in the database those that a file in YAML wants: all, or none if one cannot"
                                + " be. Doing it twice changes nothing. Works on the file of the database only.")
                .addOption(Syntax.value("<FILE>", "File with the tokens that there should be", "--file", "-f"))
                .addOption(Syntax.flag("Change nothing; print what would be", "--dry-run"))
                .addOption(Syntax.flag("Delete the named tokens that the file does not have", "--prune"));
        Syntax.addFile(spec);
        return Syntax.withExamples(
                spec,
                new String[] {
                    "  latchkey apply --file tokens.yaml --dry-run",
                    "",
                    "The file, which holds no secret:",
                    "  tokens:",
                    "    - name: ci",
                    "      description: nightly build",
                    "      expiry: 2030-01-31T12:00:00Z   # never, if it is missing",
                    "      hash: 1f0c...                  # the SHA-512 of a secret made elsewhere",
                    "    - name: backup",
                    "      secret_file: backup.token      # for the secret, made if the file is missing",
                },
                Syntax.FILE_VARIABLES);
    }

    @Override
    public String failure() {
        return "Apply command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        Path file = arguments.required("--file", Location::path);
        Location.Local location = Location.file(arguments);
        Others others = arguments.has("--prune") ? Others.DELETED : Others.KEPT;
        Environment environment = arguments.environment();
        List<DeclarationFile.Item> items = DeclarationFile.read(file);
        List<Token> present = present(location);
        List<SecretFile> written = new ArrayList<>();
        boolean dry = arguments.has("--dry-run");
        try {
            List<DeclaredToken> wanted = new ArrayList<>();
            Set<TokenName> names = present.stream().map(Token::name).collect(Collectors.toSet());
            for (DeclarationFile.Item item : items) {
                wanted.add(declared(item, names, dry ? Optional.empty() : Optional.of(environment), written));
            }
            TokenPlan plan = TokenPlan.of(wanted, present, others);
            if (!dry) {
                carryOut(location, plan, file, items);
            }
            environment.out().print(told(plan) + (dry ? "Nothing was changed\n" : ""));
            return Main.DONE;
        } catch (ChangeRefused e) {
            written.forEach(SecretFile::delete);
            throw DeclarationFile.refused(
                    file, line(items, e.index()), e.failure().sentence());
        } catch (RuntimeException e) {
            written.forEach(SecretFile::delete);
            throw e;
        }
    }

    /**
     * A token that the file wants, and its secret in a file of its own: before the token is there, so that no token is
     * without, and read if it is there already, so that a second attempt goes on where the first was cut off.
     */
    private DeclaredToken declared(
            DeclarationFile.Item item,
            Set<TokenName> present,
            Optional<Environment> writing,
            List<SecretFile> written) {
        Optional<TokenDigest> digest = item.digest();
        if (item.secretFile().isPresent()) {
            SecretFile secretFile = new SecretFile(item.secretFile().get());
            if (secretFile.exists()) {
                digest = Optional.of(secretFile.read().digest());
            } else if (!present.contains(item.name())) {
                PreparedToken prepared = authorities.prepare(item.name(), Lifetime.UNLIMITED, Description.NONE);
                if (writing.isPresent()) {
                    secretFile.write(prepared, writing.get());
                    written.add(secretFile);
                }
                digest = Optional.of(prepared.secret().digest());
            }
        }
        return new DeclaredToken(item.name(), item.description(), item.expiry(), digest);
    }

    private void carryOut(Location.Local location, TokenPlan plan, Path file, List<DeclarationFile.Item> items) {
        List<Step> steps =
                plan.steps().stream().filter(step -> step.change().isPresent()).toList();
        if (steps.isEmpty()) {
            return;
        }
        try {
            authorities.carryOut(
                    location,
                    steps.stream().flatMap(step -> step.change().stream()).toList());
        } catch (ChangeRefused e) {
            int index = plan.steps().indexOf(steps.get(e.index()));
            if (index >= items.size()) {
                throw e.failure();
            }
            throw DeclarationFile.refused(file, line(items, index), e.failure().sentence());
        }
    }

    private static int line(List<DeclarationFile.Item> items, int index) {
        return items.get(index).line();
    }

    private List<Token> present(Location.Local location) {
        if (Files.notExists(location.file())) {
            return List.of();
        }
        try (TokenStore store = authorities.files().at(location.file())) {
            return store.snapshot().tokens();
        }
    }

    private static String told(TokenPlan plan) {
        StringBuilder lines = new StringBuilder();
        int[] counts = new int[4];
        for (Step step : plan.steps()) {
            String name = Text.quoted(step.name().value());
            switch (step) {
                case Step.Create _ -> {
                    counts[0]++;
                    lines.append("create     ").append(name).append('\n');
                }
                case Step.Edit edit -> {
                    counts[1]++;
                    lines.append("edit       ")
                            .append(name)
                            .append(": ")
                            .append(Printable.of(String.join(", ", edit.differences())))
                            .append('\n');
                }
                case Step.Unchanged _ -> {
                    counts[2]++;
                    lines.append("unchanged  ").append(name).append('\n');
                }
                case Step.Delete _ -> {
                    counts[3]++;
                    lines.append("delete     ").append(name).append('\n');
                }
            }
        }
        return lines
                + "%d to create, %d to edit, %d unchanged, %d to delete\n"
                        .formatted(counts[0], counts[1], counts[2], counts[3]);
    }
}
