package io.latchkey.http.wire;

import io.latchkey.application.ChangeWait;
import io.latchkey.application.ChangeWait.WaitFor;
import io.latchkey.application.node.NodeWait;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The query parameter that says whether a change waits for all nodes, and the headers that say what came of it. */
public final class WaitParameter {
    /** The name of the parameter. */
    public static final String NAME = ChangeWait.NAME;

    private static final String APPLIED = "Latchkey-Nodes";
    private static final String WAITED_OUT = "Latchkey-Nodes-Waited-Out";

    private WaitParameter() {}

    /**
     * Reads it from a query; empty if it is not given.
     *
     * @throws ProblemException if it is given twice, or has another value
     */
    public static Optional<WaitFor> read(String query) {
        List<String> values = PercentEncoding.values(query, NAME);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1) {
            throw new ProblemException(Problem.parameter(NAME, "the parameter wait is given twice"));
        }
        return Optional.of(Arrays.stream(WaitFor.values())
                .filter(one -> word(one).equals(values.getFirst()))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.parameter(NAME, "wait must be nodes or none"))));
    }

    /** The path of a change with the parameter, if it is asked for. */
    public static String write(String path, Optional<WaitFor> asked) {
        return asked.map(wanted -> path + (path.contains("?") ? '&' : '?') + NAME + "=" + word(wanted))
                .orElse(path);
    }

    private static String word(WaitFor one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    /** Sets a header of a response. */
    @FunctionalInterface
    public interface Headers {
        void set(String name, String value);
    }

    /** Gets a header of a response. */
    @FunctionalInterface
    public interface Response {
        Optional<String> header(String name);
    }

    /** Writes what came of a wait; the second header only if nodes were waited out. */
    public static void write(NodeWait wait, Headers headers) {
        headers.set(APPLIED, String.valueOf(wait.applied()));
        if (!wait.waitedOut().isEmpty()) {
            headers.set(
                    WAITED_OUT,
                    wait.waitedOut().stream().map(WaitParameter::listed).collect(Collectors.joining(", ")));
        }
    }

    /** A name in a header that lists several. */
    private static String listed(String name) {
        return name.replaceAll("[^ -+\\--~]", "?");
    }

    /** What came of a wait; empty if the server did not wait. */
    public static Optional<NodeWait> read(Response response) {
        return response.header(APPLIED)
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(text -> new NodeWait(
                        Integer.parseInt(text),
                        response.header(WAITED_OUT).stream()
                                .flatMap(names -> Arrays.stream(names.split(", ")))
                                .toList()));
    }
}
