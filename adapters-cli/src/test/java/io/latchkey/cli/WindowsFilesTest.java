package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.cli.terminal.Environment;
import io.latchkey.cli.terminal.TextFile;
import io.latchkey.cli.token.TokenFile;
import io.latchkey.domain.Change;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Notepad and PowerShell save is read as it is meant. */
class WindowsFilesTest {
    private static final String HASH = "0f".repeat(64);

    @TempDir
    Path dir;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    static Stream<Arguments> encodings() {
        return Stream.of(
                Arguments.of(UTF_8, ""),
                Arguments.of(UTF_8, "\uFEFF"),
                Arguments.of(UTF_16LE, "\uFEFF"),
                Arguments.of(UTF_16BE, "\uFEFF"),
                Arguments.of(UTF_16LE, ""));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void every_file_that_is_read(Charset charset, String mark) throws Exception {
        save("tokens.yaml", "tokens:\r\n- name: Zoë\r\n  hash: " + HASH + "\r\n", charset, mark);
        assertThat(run("", "apply", "--file", at("tokens.yaml")))
                .as(err.toString())
                .isZero();
        save("tokens.jsonl", "{\"name\":\"Jürgen\",\"hash\":\"" + "1e".repeat(64) + "\"}\r\n", charset, mark);
        assertThat(run("", "import", "tokens", "--from", at("tokens.jsonl")))
                .as(err.toString())
                .isZero();
        assertThat(run("", "create", "token", "--admin", "--format", "token")).isZero();
        String secret = out.toString().strip();
        save("operator.token", secret + "\r\n", charset, mark);
        assertThat(run("", "show", "tokens", "--format", "csv", "--token", "@" + at("operator.token")))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("Zoë", "Jürgen");
        assertThat(run(mark + secret + "\r\n", "show", "tokens", "--token", "-"))
                .isZero();
        Change.Register wanted =
                TokenFile.parse((mark + "{\"token\":\"" + secret + "\",\"name\":\"größe\"}\r\n").getBytes(charset));
        assertThat(wanted.name().value()).isEqualTo("größe");
    }

    @Test
    void what_is_no_text_is_refused() {
        assertThatThrownBy(() -> TextFile.decode(new byte[] {'a', (byte) 0xFC}))
                .isInstanceOf(CharacterCodingException.class);
        assertThatThrownBy(() -> TextFile.decode(new byte[] {(byte) 0xFF, (byte) 0xFE, 'a'}))
                .isInstanceOf(CharacterCodingException.class);
    }

    private String at(String file) {
        return dir.resolve(file).toString();
    }

    private void save(String file, String text, Charset charset, String mark) throws Exception {
        Files.write(dir.resolve(file), (mark + text).getBytes(charset));
    }

    private int run(String input, String... words) {
        out.getBuffer().setLength(0);
        return Main.run(
                new Environment(
                        Map.of("LATCHKEY_DB", at("latchkey.db")),
                        new ByteArrayInputStream(input.getBytes(UTF_8)),
                        new PrintWriter(out),
                        new PrintWriter(err),
                        () -> false),
                new Assembly(),
                words);
    }
}
