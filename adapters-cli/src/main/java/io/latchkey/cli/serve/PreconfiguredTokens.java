package io.latchkey.cli.serve;

import io.latchkey.cli.authority.Location;
import io.latchkey.cli.authority.ServerOptions;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.token.PermissionTokensFile;
import io.latchkey.cli.token.TokenFile;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** The tokens that are preconfigured on a server, with secrets that were created elsewhere. */
record PreconfiguredTokens(List<Path> files, List<PreconfiguredToken> hashes, List<Path> permissionFiles) {
    static final PreconfiguredTokens NONE = new PreconfiguredTokens(List.of(), List.of(), List.of());

    static void addTo(CommandSpec spec) {
        spec.addOption(ServerOptions.tokenFiles(
                        "Token file, as written by `create token --admin --offline`; may be repeated"))
                .addOption(CommandSpecs.withListVariable(
                        CommandSpecs.values(
                                "<NAME=HEX>",
                                "Name and SHA-512 of a token, so that the server needs no file with the secret; may"
                                        + " be repeated",
                                "--admin-token-hash"),
                        "LATCHKEY_ADMIN_TOKEN_HASH",
                        "(?<==[0-9A-Fa-f]{128}),",
                        "the same as --admin-token-hash, several separated by ,"))
                .addOption(ServerOptions.permissionTokensFiles(
                        "File of resource tokens, as written by `create token --permission --offline`; may be"
                                + " repeated"));
    }

    static PreconfiguredTokens of(Arguments arguments) {
        return new PreconfiguredTokens(
                ServerOptions.tokenFiles(arguments)
                        .map(given -> arguments.parse(given, Location::path))
                        .toList(),
                arguments
                        .givenList("--admin-token-hash")
                        .map(given -> hash(arguments, given))
                        .toList(),
                ServerOptions.permissionTokensFiles(arguments)
                        .map(given -> arguments.parse(given, Location::path))
                        .toList());
    }

    private static PreconfiguredToken hash(Arguments arguments, Arguments.Given given) {
        int sign = given.text().lastIndexOf('=');
        try {
            return new PreconfiguredToken(
                    new Change.Register(
                            new TokenName(given.text().substring(0, Math.max(sign, 0))),
                            TokenDigest.parse(given.text().substring(sign + 1)),
                            Lifetime.UNLIMITED,
                            Description.NONE),
                    given.source());
        } catch (TokenFailure.Invalid e) {
            // Without the value, which may be a secret given instead of its hash.
            throw arguments.refused(
                    "invalid value for '" + given.source() + "': " + (sign < 0 ? "expected NAME=HEX" : e.sentence()));
        }
    }

    /** Reads the files and returns all tokens. */
    List<PreconfiguredToken> read() {
        return Stream.of(
                        files.stream().map(file -> new PreconfiguredToken(TokenFile.read(file), from(file))),
                        hashes.stream(),
                        permissionFiles.stream()
                                .flatMap(file -> PermissionTokensFile.read(file).stream()
                                        .map(token -> new PreconfiguredToken(token, from(file)))))
                .flatMap(Function.identity())
                .toList();
    }

    private static String from(Path file) {
        return "file " + file;
    }
}
