package io.latchkey.application;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.domain.Actor;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.TokenName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A conversation with a new server: lines that are sent ({@code >}), lines that come back ({@code <}), remarks
 * ({@code #}), what happens in between ({@code !}), and settings of the server ({@code %}).
 *
 * <p>In what is sent, {@code {{name}}} stands for the newest secret of a token, {@code {{name~}}} for the one before,
 * {@code {{basic:name}}} for Basic credentials with it. In what comes back, secrets, digests and the identity of the
 * instance are masked.
 */
public final class RecordedExchange {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(basic:)?([^}~]+)(~?)}}");
    private static final Pattern ISSUED = Pattern.compile("\"name\":\"([^\"]+)\",\"token\":\"([^\"]+)\"");

    private final Server server;
    private final Map<String, List<String>> secrets = new HashMap<>();

    /** Whom the conversation is with. */
    public interface Server extends AutoCloseable {
        /** Everything that comes back for what is sent, until it hangs up. */
        String exchange(byte[] request);

        TokenAuthority authority();

        /** Its only clock. */
        ManualClock clock();

        @Override
        void close();
    }

    private RecordedExchange(Server server) {
        this.server = server;
    }

    /**
     * The conversation in a file and as it goes now, which are to be the same; {@code -Dlatchkey.record=true} writes the
     * file anew.
     *
     * @param start makes a server with the settings that are recorded
     */
    public static Replay replay(Path file, Function<Map<String, Object>, Server> start) {
        try {
            String recorded = Files.readString(file);
            try (Server server = start.apply(settings(recorded))) {
                String replayed = new RecordedExchange(server).replay(recorded);
                if (Recording.isWanted()) {
                    Files.writeString(file, replayed);
                    return new Replay(replayed, replayed);
                }
                return new Replay(recorded, replayed);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A conversation then and now. */
    public record Replay(String recorded, String replayed) {}

    private static Map<String, Object> settings(String recorded) {
        Map<String, Object> settings = new HashMap<>();
        recorded.lines()
                .filter(line -> line.startsWith("% "))
                .map(line -> line.substring(2).split("=", 2))
                .forEach(setting -> settings.put(setting[0], setting[1]));
        return settings;
    }

    private String replay(String recorded) {
        var replayed = new ArrayList<String>();
        var request = new ArrayList<String>();
        for (String line : recorded.lines().toList()) {
            if (line.startsWith(">")) {
                request.add(line.equals(">") ? "" : line.substring(2));
            } else if (!request.isEmpty()) {
                replayed.addAll(answer(request));
                request.clear();
            }
            if (line.startsWith("!")) {
                happen(line.substring(1).strip().split(" "));
            }
            if (!line.startsWith("<")) {
                replayed.add(line);
            }
        }
        if (!request.isEmpty()) {
            replayed.addAll(answer(request));
        }
        return String.join("\n", replayed) + "\n";
    }

    private void happen(String[] words) {
        switch (words[0]) {
            case "advance" -> server.clock().advance(Duration.parse(words[1]));
            case "owner-creates" ->
                secrets.computeIfAbsent(words[1], name -> new ArrayList<>())
                        .add(server.authority()
                                .actingAs(new Actor.FileOwner())
                                .tokens()
                                .createNamed(new TokenName(words[1]), Lifetime.UNLIMITED, Description.NONE)
                                .secret()
                                .reveal());
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private List<String> answer(List<String> request) {
        int blank = request.indexOf("");
        var head = new ArrayList<>(blank < 0 ? request : request.subList(0, blank));
        byte[] body = (blank < 0 ? "" : filled(String.join("\n", request.subList(blank + 1, request.size()))))
                .getBytes(UTF_8);
        if (head.stream().noneMatch(line -> line.startsWith("Host:"))) {
            head.add("Host: localhost");
        }
        head.add("Connection: close");
        if (blank >= 0) {
            head.add("Content-Length: " + body.length);
        }
        String sent = filled(String.join("\r\n", head)) + "\r\n\r\n" + new String(body, UTF_8);
        String answer = server.exchange(sent.getBytes(UTF_8));
        ISSUED.matcher(answer)
                .results()
                .forEach(issued -> secrets.computeIfAbsent(issued.group(1), name -> new ArrayList<>())
                        .add(issued.group(2)));
        return masked(answer).lines().map(line -> ("< " + line).stripTrailing()).toList();
    }

    private String filled(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(this::secret);
    }

    private String secret(MatchResult placeholder) {
        List<String> known = secrets.getOrDefault(placeholder.group(2), List.of());
        String secret = placeholder.group(3).isEmpty() ? known.getLast() : known.get(known.size() - 2);
        return placeholder.group(1) == null
                ? secret
                : Base64.getEncoder().encodeToString((":" + secret).getBytes(UTF_8));
    }

    private static String masked(String answer) {
        return answer.replaceAll("apiv3_[A-Za-z0-9_-]{86}", "apiv3_***")
                .replaceAll("\"hash\":\"([0-9a-f]{128}|[0-9a-f]{9})\"", "\"hash\":\"***\"")
                .replaceAll("(Request-Id: |\"process_id\":\")[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}", "$1***")
                .replaceAll("cluster-uuid: [0-9a-f-]{36}", "cluster-uuid: ***");
    }
}
