package io.latchkey.cli.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.DatabaseFiles.Existing;
import io.latchkey.application.OfflineToken;
import io.latchkey.application.TemporaryFile;
import io.latchkey.application.table.JsonText;
import io.latchkey.cli.authority.OutputFile;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.TokenFailure;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Adds a resource token to a permission tokens file, which is created if there is none.
 *
 * <p>What else is in the file stays as it is. Commands that add to it at the same time wait for each other: each
 * holds a lock on the file that it replaces, and begins again if another command has replaced that file in the meantime.
 *
 * @param databases that InfluxDB is to create
 */
record PermissionTokensWriter(OutputFile output, Permissions permissions, List<String> databases)
        implements OfflineWriter {
    private static final int MOST = TokenFileForm.PERMISSIONS.mostBytes();
    private static final String EMPTY = "{\n  \"tokens\": []\n}\n";

    @Override
    public Path file() {
        return output.path();
    }

    @Override
    public void write(OfflineToken token) {
        try {
            boolean isStream = Files.exists(file()) && !Files.isRegularFile(file(), LinkOption.NOFOLLOW_LINKS);
            if (isStream) {
                output.write(added(EMPTY, token));
                return;
            }
            while (!tryWrite(token)) {
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            throw TemporaryFile.refusal(file(), e);
        } catch (TokenFailure.Invalid e) {
            throw new AuthorityUnavailable(
                    "cannot add a token to " + file() + ", which stays as it is: " + e.sentence());
        }
    }

    /** Whether the token was added; otherwise, another command has created or replaced the file. */
    private boolean tryWrite(OfflineToken token) throws IOException {
        Optional<Object> before = key();
        if (before.isEmpty()) {
            return tryPublish(added(EMPTY, token), Existing.KEPT);
        }
        try (FileChannel channel = FileChannel.open(
                        file(), StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                var _ = channel.lock()) {
            // A file that another command has written in the meantime is longer.
            if (!before.equals(key()) || Files.size(file()) != channel.size()) {
                return false;
            }
            // Not read by its name: closing a second channel would end the lock.
            byte[] text = Channels.newInputStream(channel).readNBytes(MOST + 1);
            if (text.length > MOST) {
                throw TokenFileForm.PERMISSIONS.notJson("it is longer than " + MOST + " bytes");
            }
            return tryPublish(added(TokenFileForm.PERMISSIONS.decode(text), token), Existing.REPLACED);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private Optional<Object> key() throws IOException {
        try {
            return Optional.of(Files.getAttribute(file(), "unix:ino", LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private boolean tryPublish(String text, Existing existing) throws IOException {
        if (text.getBytes(UTF_8).length > MOST) {
            throw TokenFileForm.PERMISSIONS.notJson("it would be longer than " + MOST + " bytes");
        }
        try (TemporaryFile draft = TemporaryFile.in(TemporaryFile.parent(file()))) {
            Files.writeString(draft.path(), text);
            if (existing == Existing.REPLACED) {
                TemporaryFile.giveToOwnerOf(file(), draft.path());
            }
            draft.publish(file(), existing);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /** The text of the file with one more token. */
    String added(String text, OfflineToken token) throws IOException {
        PermissionTokensParser there = PermissionTokensParser.of(text);
        if (there.tokens().stream().anyMatch(each -> each.name().equals(token.name()))) {
            throw new TokenFailure.NameTaken(token.name());
        }
        StringBuilder edited = new StringBuilder(text);
        int end = there.tokensEnd();
        String begin = text.substring(0, end).stripTrailing();
        String entry = (there.tokens().isEmpty() ? "" : ",") + "\n    " + entry(token) + "\n  ";
        edited.replace(begin.length(), end, entry);
        if (!there.databases().containsAll(databases)) {
            String all = Stream.concat(there.databases().stream(), databases.stream())
                    .distinct()
                    .map(JsonText::string)
                    .collect(joining(", ", "[", "]"));
            // In front of the tokens, or behind them.
            there.databasesSpan()
                    .ifPresentOrElse(
                            span -> replace(edited, span, all, edited.length() - text.length(), end),
                            () -> edited.insert(text.indexOf('{') + 1, "\n  \"create_databases\": " + all + ","));
        }
        return edited.toString();
    }

    private static void replace(
            StringBuilder edited, PermissionTokensParser.Span span, String all, int shift, int tokensEnd) {
        int moved = span.from() > tokensEnd ? shift : 0;
        edited.replace(span.from() + moved, span.to() + moved, all);
    }

    private String entry(OfflineToken token) {
        StringBuilder json = new StringBuilder("{\n      \"token\": ")
                .append(JsonText.string(token.secret().reveal()))
                .append(",\n      \"name\": ")
                .append(JsonText.string(token.name().value()));
        token.expiry()
                .end()
                .ifPresent(end -> json.append(",\n      \"expiry_millis\": ").append(end.toEpochMilli()));
        if (!token.description().isEmpty()) {
            json.append(",\n      \"description\": ")
                    .append(JsonText.string(token.description().text()));
        }
        return json.append(",\n      \"permissions\": ")
                .append(permissions.texts().stream().map(JsonText::string).collect(joining(", ", "[", "]")))
                .append("\n    }")
                .toString();
    }
}
