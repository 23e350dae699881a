package io.latchkey.cli.terminal;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.latchkey.application.table.TerminalText;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.event.KeyValuePair;

/**
 * Writes the fields of a log line as {@code key="value"}; values are escaped, so that they cannot forge a field or
 * line.
 */
public final class LogfmtFields extends ClassicConverter {
    @Override
    public String convert(ILoggingEvent event) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        return pairs == null
                ? ""
                : pairs.stream()
                        .map(pair -> pair.key + "=" + TerminalText.quoted(String.valueOf(pair.value)))
                        .collect(Collectors.joining(" "));
    }
}
