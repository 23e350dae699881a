package io.latchkey.cli.token;

import io.latchkey.domain.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A permission tokens file, as InfluxDB 3 Enterprise has it: a JSON object with {@code tokens}, each with {@code token},
 * {@code name}, {@code permissions}, and optionally {@code expiry_millis} and {@code description}; and optionally {@code
 * create_databases}, which has no effect, because Latchkey keeps no databases.
 *
 * <p>As in a {@link TokenFile}, a field is refused if ignoring it would give a token more rights than intended.
 */
public final class PermissionTokensFile {
    private static final Logger LOG = LoggerFactory.getLogger(PermissionTokensFile.class);

    private PermissionTokensFile() {}

    /** Reads a file; only the digests of its secrets are kept. */
    public static List<Change.Register> read(Path file) {
        PermissionTokensParser read = TokenFileForm.PERMISSIONS.read(file, PermissionTokensFile::parse);
        read.warnings().forEach(LOG::warn);
        if (!read.databases().isEmpty()) {
            LOG.info("create_databases in {} is ignored: Latchkey keeps no databases, and tokens may name any", file);
        }
        return read.tokens();
    }

    /** Parses the text of a file. */
    static PermissionTokensParser parse(byte[] text) throws IOException {
        return PermissionTokensParser.of(TokenFileForm.PERMISSIONS.decode(text));
    }
}
