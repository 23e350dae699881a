package io.latchkey.cli;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.ChangeRefused;
import io.latchkey.application.EndedSecrets;
import io.latchkey.application.Printable;
import io.latchkey.application.TokenStore;
import io.latchkey.domain.Change;
import io.latchkey.domain.Change.Adopt.Identity;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** {@code import tokens}: the tokens of another instance, all of them or none, so that no client notices the move. */
record ImportTokens(Authorities authorities) implements Command {
    /** A token, and where it was found. */
    private record Line(int number, Token token) {}

    /**
     * What there is already.
     *
     * @param ended the secrets among those that come which tokens had here once
     */
    private record Present(TokenStore.Snapshot snapshot, Set<TokenDigest> ended) {}

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                        this,
                        "tokens",
                        "Take over tokens from JSON Lines: all, or none if one cannot be. What is there already, with"
                                + " the same secret, stays as it is. A name and a hash are enough, the SHA-512 in 128"
                                + " hexadecimal digits, so InfluxDB 3's tokens can be brought; also expiry,"
                                + " description and created_at. Tokens that were revoked here and would live again are"
                                + " listed. Works on the file only.")
                .addOption(Syntax.value("<FILE>", "File to read, such as `export tokens` writes", "--from"))
                .addOption(Syntax.flag("Take over nothing; tell what would be", "--dry-run"));
        Syntax.addFile(spec);
        return Syntax.withExamples(
                spec,
                new String[] {
                    "  latchkey import tokens --from tokens.jsonl --dry-run",
                    "  latchkey import tokens --from tokens.jsonl --db new/latchkey.db",
                },
                Syntax.FILE_VARIABLES);
    }

    @Override
    public String failure() {
        return "Import command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        Path from = arguments.required("--from", Location::path);
        Location.Local location = Location.file(arguments);
        List<Line> lines = read(from, authorities.clock().instant().truncatedTo(ChronoUnit.MILLIS));
        Present present = present(location, lines);
        List<Line> fresh = fresh(lines, present.snapshot().tokens());
        Identity identity = present.snapshot().revision() == 0 && areDistinct(lines) ? Identity.KEPT : Identity.NEW;
        arguments
                .environment()
                .err()
                .print(TokenPortrait.list(
                        "Live again, though revoked or replaced here:",
                        fresh.stream()
                                .map(Line::token)
                                .filter(token -> present.ended().contains(token.digest()))
                                .toList()));
        String there = lines.size() == fresh.size() ? "" : ", " + (lines.size() - fresh.size()) + " were there already";
        if (arguments.has("--dry-run")) {
            arguments.environment().out().print(counted(fresh.size()) + " would be imported" + there + "\n");
            return Main.DONE;
        }
        try {
            authorities.carryOut(
                    location,
                    fresh.stream()
                            .<Change>map(line -> new Change.Adopt(line.token(), identity))
                            .toList());
        } catch (ChangeRefused e) {
            throw refused(fresh.get(e.index()).number(), e.failure());
        }
        arguments.environment().out().print(counted(fresh.size()) + " imported" + there + "\n");
        return Main.DONE;
    }

    /** The tokens of a file, in the order of their ids, as an empty instance needs them. */
    private List<Line> read(Path file, Instant now) {
        List<Line> lines = new ArrayList<>();
        try {
            List<String> text = Files.readAllLines(file);
            for (int i = 0; i < text.size(); i++) {
                if (!text.get(i).isBlank()) {
                    lines.add(new Line(i + 1, token(text.get(i), i + 1, now)));
                }
            }
        } catch (NoSuchFileException e) {
            throw new AuthorityUnavailable("there is no file " + file);
        } catch (IOException e) {
            throw new AuthorityUnavailable(file + " cannot be read, or is no text in UTF-8", e);
        }
        lines.sort(Comparator.comparingLong(line -> line.token().id().value()));
        return lines;
    }

    private Token token(String line, int number, Instant now) {
        try {
            return authorities.files().token(line, now);
        } catch (TokenFailure.Invalid e) {
            throw refused(number, e);
        }
    }

    private static AuthorityUnavailable refused(int number, TokenFailure failure) {
        return new AuthorityUnavailable("line " + number + ": " + Printable.of(failure.sentence()), failure);
    }

    private Present present(Location.Local location, List<Line> lines) {
        if (Files.notExists(location.file())) {
            return new Present(new TokenStore.Snapshot(0, List.of()), Set.of());
        }
        Set<TokenDigest> digests =
                lines.stream().map(line -> line.token().digest()).collect(Collectors.toSet());
        try (TokenStore store = authorities.files().at(location.file())) {
            return new Present(store.snapshot(), EndedSecrets.among(digests, store));
        }
    }

    /** Whether the tokens have ids of their own, and not all the one of those whose lines give none. */
    private static boolean areDistinct(List<Line> lines) {
        return lines.stream().map(line -> line.token().id()).distinct().count() == lines.size();
    }

    private static List<Line> fresh(List<Line> lines, List<Token> present) {
        Map<String, Token> byName = new HashMap<>();
        present.forEach(token -> byName.put(token.name().value(), token));
        return lines.stream()
                .filter(line -> {
                    Token same = byName.get(line.token().name().value());
                    return same == null || !same.digest().equals(line.token().digest());
                })
                .toList();
    }

    static String counted(int tokens) {
        return tokens == 1 ? "1 token" : tokens + " tokens";
    }
}
