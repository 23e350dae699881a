package io.latchkey.cli.token;

import io.latchkey.application.DatabaseFiles.Existing;
import io.latchkey.application.OfflineToken;
import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.authority.OutputFile;
import io.latchkey.cli.command.Arguments;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Rights;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Writes a token that no authority knows yet to a file for a server. */
interface OfflineWriter {
    String OFFLINE = "--offline";
    String FILE = "--output-file";
    String DATABASES = "--create-databases";

    /** The file. */
    Path file();

    /** Writes the token atomically, readable only by the owner of the file. */
    void write(OfflineToken token);

    /** The writer, if the arguments contain {@code --offline}. */
    static Optional<OfflineWriter> of(Arguments arguments, Authorities authorities) {
        if (!arguments.has(OFFLINE)) {
            refuse(
                    arguments,
                    List.of(FILE, "--force", DATABASES),
                    option -> option + " cannot be used without --offline");
            return Optional.empty();
        }
        refuse(
                arguments,
                List.of("--regenerate", "--host", "--token", "--tls-ca", "--tls-no-verify", "--db", "--data-dir"),
                option -> "--offline cannot be used with " + option + ": it uses no authority");
        refuse(
                arguments,
                AttributeOptions.OF_EVERY_KIND,
                option -> "--offline cannot be used with " + option + ": no token file can hold it");
        var _ = arguments.required(FILE, Location::path);
        return switch (rights(arguments, authorities)) {
            case Rights.All() -> {
                refuse(arguments, List.of(DATABASES), option -> option + " needs --permission");
                yield OutputFile.of(arguments, authorities, FILE).map(TokenFileWriter::new);
            }
            case Permissions permissions -> {
                refuse(
                        arguments,
                        List.of("--force"),
                        option -> option + " needs --admin: a resource token is added to the file");
                List<String> databases = arguments.given(DATABASES).stream()
                        .flatMap(given -> Stream.of(given.text().split(",", -1)))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .toList();
                yield OutputFile.of(arguments, authorities, FILE, Existing.REPLACED)
                        .map(output -> new PermissionTokensWriter(output, permissions, databases));
            }
        };
    }

    private static Rights rights(Arguments arguments, Authorities authorities) {
        return AttributeOptions.of(arguments, authorities.clock().instant())
                .appliedTo(Attributes.ADMIN)
                .rights();
    }

    private static void refuse(Arguments arguments, List<String> options, UnaryOperator<String> sentence) {
        options.stream().filter(arguments::has).findFirst().ifPresent(option -> {
            throw arguments.refused(sentence.apply(option));
        });
    }
}
