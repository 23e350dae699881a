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
 * How many files this process may have open at once, connections included: what {@code ulimit -n} says, or
 * {@code LimitNOFILE} of systemd.
 *
 * @param most {@link Integer#MAX_VALUE} if it is not known or not bounded
 */
public record OpenFileLimit(int most) {
    /** Below this a server may not even start. */
    static final int LEAST = 256;

    /** With this it has place for the connections of many. */
    public static final int ENOUGH = 1024;

    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern LIMIT = Pattern.compile("(?m)^Max open files +(\\d{1,9}) ");

    /** What Linux says of this process. */
    public static OpenFileLimit ofProcess() {
        try {
            return parse(Files.readString(LIMITS));
        } catch (NoSuchFileException e) {
            return new OpenFileLimit(Integer.MAX_VALUE);
        } catch (FileSystemException e) {
            return new OpenFileLimit(0); // there is not even one left to read it
        } catch (IOException e) {
            return new OpenFileLimit(Integer.MAX_VALUE);
        }
    }

    public static OpenFileLimit parse(String limits) {
        Matcher limit = LIMIT.matcher(limits);
        return new OpenFileLimit(limit.find() ? Integer.parseInt(limit.group(1)) : Integer.MAX_VALUE);
    }

    /** Refuses to start a server that would run out of them. */
    public void check() {
        if (most < LEAST) {
            throw new AuthorityUnavailable("this process may have no more than " + most
                    + " open files (ulimit -n, or LimitNOFILE of systemd): expected " + LEAST
                    + " or more, better " + ENOUGH);
        }
    }

    /** How many connections a server may have beside its own files. */
    public int connections() {
        return most == Integer.MAX_VALUE ? most : Math.max(1, most - LEAST / 2);
    }
}
