package io.latchkey.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.terminal.ListenAddress;
import io.latchkey.domain.TokenFailure;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where a server answers proxies, and nothing but their requests for verdicts; beside the address of everything, which answers
 * them, too.
 *
 * @param group the group of users who may connect to a socket; empty for the group of the file
 */
public record VerifySettings(Place place, Optional<String> group) {
    private static final String BIND = "--verify-bind";
    private static final String GROUP = "--verify-socket-group";
    private static final String UNIX = "unix:";

    /** Linux takes 107 bytes, macOS 103; eight are for the name under which a socket is made before it gets its place. */
    private static final int LONGEST_PATH = 95;

    /** Where to listen. */
    public sealed interface Place {
        /** A port of an address. */
        record Port(ListenAddress address) implements Place {}

        /**
         * A Unix-domain socket.
         *
         * @param file an absolute path
         */
        record Socket(Path file) implements Place {}
    }

    static void addTo(CommandSpec spec) {
        spec.addOption(CommandSpecs.withVariables(
                        CommandSpecs.value(
                                "<HOST:PORT|unix:PATH>",
                                "Another address or a Unix-domain socket for /api/v1/verify, and for nothing else",
                                BIND),
                        "LATCHKEY_VERIFY_BIND"))
                .addOption(CommandSpecs.withVariables(
                        CommandSpecs.value(
                                "<GROUP>",
                                "Group of the users who may connect to that socket, such as the one of the proxy"
                                        + " (default: the group of this server)",
                                GROUP),
                        "LATCHKEY_VERIFY_SOCKET_GROUP"));
    }

    /**
     * The settings; empty for no such address.
     *
     * @param main the address of everything
     * @param console the settings of the console, which may have another address
     */
    static Optional<VerifySettings> of(Arguments arguments, ListenAddress main, ConsoleSettings console) {
        Optional<String> group = arguments.given(GROUP).map(given -> arguments.parse(given, VerifySettings::group));
        Optional<Place> place = arguments.given(BIND).map(given -> arguments.parse(given, VerifySettings::place));
        if (group.isPresent() && !(place.orElse(null) instanceof Place.Socket)) {
            throw arguments.refused(GROUP + " needs a socket: " + BIND + " " + UNIX + "PATH");
        }
        if (place.orElse(null) instanceof Place.Port(var own)
                && own.port() != 0
                && (own.equals(main) || console.bind().filter(own::equals).isPresent())) {
            throw arguments.refused(BIND + " needs an address of its own: something else is to listen on " + own);
        }
        return place.map(where -> new VerifySettings(where, group));
    }

    private static Place place(String text) {
        if (text.startsWith(UNIX)) {
            return new Place.Socket(file(text.substring(UNIX.length())));
        }
        try {
            return new Place.Port(ListenAddress.parse(text));
        } catch (TokenFailure.Invalid e) {
            throw refused("expected HOST:PORT such as 127.0.0.1:8184, or unix:PATH such as unix:/run/latchkey/verify");
        }
    }

    private static Path file(String text) {
        try {
            Path file = Path.of(text);
            if (!file.isAbsolute() || file.getFileName() == null || text.endsWith("/")) {
                throw refused("expected an absolute path of a file such as unix:/run/latchkey/verify");
            }
            if (text.getBytes(UTF_8).length > LONGEST_PATH) {
                throw refused("the path of a socket has at most " + LONGEST_PATH + " bytes");
            }
            return file;
        } catch (InvalidPathException e) {
            throw refused("not a path");
        }
    }

    private static String group(String text) {
        if (text.isBlank()) {
            throw new TokenFailure.Invalid("verify-socket-group", "expected the name of a group such as www-data");
        }
        return text;
    }

    private static TokenFailure refused(String sentence) {
        return new TokenFailure.Invalid("verify-bind", sentence);
    }

    /** Whether other machines can connect. */
    boolean isRemote() {
        return place instanceof Place.Port(var address) && !address.isLocal();
    }

    /** The properties of the server. */
    public Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        switch (place) {
            case Place.Port(var address) -> {
                properties.put("latchkey.verify.at", address.host());
                properties.put("latchkey.verify.port", address.port());
            }
            case Place.Socket(var file) -> properties.put("latchkey.verify.at", file.toString());
        }
        group.ifPresent(name -> properties.put("latchkey.verify.group", name));
        return properties;
    }

    @Override
    public String toString() {
        return switch (place) {
            case Place.Port(var address) -> address.toString();
            case Place.Socket(var file) -> UNIX + file;
        };
    }
}
