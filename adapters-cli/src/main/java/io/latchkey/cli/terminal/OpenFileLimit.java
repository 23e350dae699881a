package io.latchkey.cli.terminal;

import io.latchkey.application.AuthorityUnavailable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The maximum number of open files of this process, including connections: {@code ulimit -n}, or {@code LimitNOFILE}
 * of systemd.
 *
 * @param most {@link Integer#MAX_VALUE} if it is unknown or unlimited
 */
public record OpenFileLimit(int most) {
    /** With fewer, a server may fail to start. */
    static final int LEAST = 256;

    /** Enough for many connections. */
    public static final int ENOUGH = 1024;

    /** Files that a server needs itself with all it does, without those of its event loops. */
    private static final int OWN = 160;

    /** Files of two event loops, which a server has for each processor. */
    private static final int OWN_PER_PROCESSOR = 6;

    private static final int LEAST_CONNECTIONS = 16;

    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern LIMIT = Pattern.compile("(?m)^Max open files +(\\d{1,9}) ");

    /** The limits of this process, on Linux. */
    public static OpenFileLimit ofProcess() {
        try {
            return parse(Files.readString(LIMITS));
        } catch (NoSuchFileException e) {
            return new OpenFileLimit(Integer.MAX_VALUE);
        } catch (FileSystemException e) {
            return new OpenFileLimit(0); // no file can be opened at all
        } catch (IOException e) {
            return new OpenFileLimit(Integer.MAX_VALUE);
        }
    }

    public static OpenFileLimit parse(String limits) {
        Matcher limit = LIMIT.matcher(limits);
        return new OpenFileLimit(limit.find() ? Integer.parseInt(limit.group(1)) : Integer.MAX_VALUE);
    }

    /**
     * Refuses a limit that is too low for a server.
     *
     * @throws AuthorityUnavailable if it is
     */
    public void check() {
        if (most < LEAST) {
            throw new AuthorityUnavailable("this process may have no more than " + most
                    + " open files (ulimit -n, or LimitNOFILE of systemd): expected " + LEAST
                    + " or more, better " + ENOUGH);
        }
    }

    /** The number of connections that a server on this machine may accept besides its own files. */
    public int connections() {
        return connections(Runtime.getRuntime().availableProcessors());
    }

    /** The same on a machine with so many processors. */
    public int connections(int processors) {
        return most == Integer.MAX_VALUE
                ? most
                : Math.max(LEAST_CONNECTIONS, most - OWN - OWN_PER_PROCESSOR * processors);
    }
}
