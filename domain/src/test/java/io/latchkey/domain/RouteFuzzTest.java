package io.latchkey.domain;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.domain.RequestRoute.Protocol;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Random routes and request targets: none is accepted that does not have one form, and no doubtful path is allowed. */
final class RouteFuzzTest {
    private static final int INPUTS = Integer.getInteger("latchkey.fuzz", 200_000);
    private static final List<String> PARTS = List.of(
            "GET", "HEAD", "OPTIONS", "read", "*", ",", " ", "a.test", "*.", ".", "..", ":80", ":8080", ":", "/", "//",
            "**", "api", "%2e", "%2F", "%5c", "%00", "%25", "%61", "%c3%a4", "%ff", "%", "\\", ";", "?", "#", "\u00e4",
            "A", "~", "@", "http://", "\u0000", "x", "-", "_", "%2A", "%3b", "[::1]");
    private static final Pattern DOUBTFUL =
            Pattern.compile("(?i)^(?!/)|//|[;\\\\#]|%(2f|5c|00|25|3b|3f|23)|/(\\.|%2e){1,2}(/|$)|[^\\x21-\\x7e]");

    private final Random random = new Random(41);

    @Test
    void whatever_is_accepted_as_a_route_has_one_form() {
        int accepted = 0;
        for (int i = 0; i < INPUTS; i++) {
            String text = random.nextBoolean() ? text(8) : "GET a.test/" + text(5);
            Optional<Route> route = parsed(() -> Route.parse(text));
            if (route.isPresent()) {
                accepted++;
                String form = route.get().text();
                assertThat(Route.parse(form)).as(text).isEqualTo(route.get());
                assertThat(Route.parse(form).text()).as(text).isEqualTo(form);
                assertThat(form.length()).isLessThanOrEqualTo(Route.LONGEST);
            }
        }
        assertThat(accepted).isGreaterThan(INPUTS / 100);
    }

    @Test
    void whatever_is_allowed_is_in_no_doubt() {
        Routes everything = Routes.parse(List.of("* a.test/**"));
        Routes below = Routes.parse(List.of("* a.test/api/**", "GET a.test/*/x"));
        int allowed = 0;
        for (int i = 0; i < INPUTS; i++) {
            String target = (random.nextBoolean() ? "/api/" : "/") + text(6);
            Optional<RequestRoute> request = RequestRoute.parse("GET", Protocol.HTTP, "a.test", target);
            if (everything.allow(request)) {
                String path = target.replaceAll("(?s)[?].*", "");
                assertThat(DOUBTFUL.matcher(path).find()).as(target).isFalse();
                if (below.allow(request)) {
                    allowed++;
                    assertThat(requireNonNull(URI.create(path).getPath()))
                            .as(target)
                            .matches("(?s)/api/.*|/[^/]+/x");
                }
            }
        }
        assertThat(allowed).isGreaterThan(INPUTS / 1_000);
    }

    private String text(int parts) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(parts + 1); i > 0; i--) {
            text.append(random.nextInt(12) == 0 ? (char) random.nextInt(256) : PARTS.get(random.nextInt(PARTS.size())));
        }
        return text.toString();
    }

    private static <T> Optional<T> parsed(Supplier<T> text) {
        try {
            return Optional.of(text.get());
        } catch (TokenFailure.Invalid e) {
            return Optional.empty();
        }
    }
}
