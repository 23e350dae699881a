package io.latchkey.http.forwardauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.Fuzzer;
import io.latchkey.domain.Actor;
import io.latchkey.domain.RequiredPermission;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenVersion;
import io.latchkey.http.RunningServer;
import io.latchkey.http.wire.EntityTag;
import io.latchkey.http.wire.PercentEncoding;
import io.latchkey.http.wire.ProblemException;
import io.latchkey.http.wire.QueryRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fuzzes queries and entity tags: they are read or rejected with a message. */
final class UrlFuzzTest {
    private static final List<String> QUERIES = List.of(
            "token_name=ci-runner",
            "db=_internal&q=SELECT+%2A+FROM+system.tokens&format=csv",
            "kind=operator&name=ci-*,web&status=200&path=/x?y=z",
            "name=*a*b*,%2A,%2C&kind=named",
            "strict&permission=grafana:prod:{method}&method-header=X-Forwarded-Method&show=permissions",
            "permission=db:a%20b:read&permission=system:metrics:read&path=/x",
            "token_name=%zz&token_name",
            "");
    private static final List<String> WORDS = List.of(
            "kind",
            "name",
            "status",
            "db",
            "q",
            "format",
            "token_name",
            "=",
            "&",
            "%",
            "%2A",
            "%2C",
            "%F0%9F%98%80",
            "%ff",
            "*",
            "**",
            ",",
            "+",
            "named",
            "permission",
            "method-header",
            "{method}",
            ":",
            "%3A",
            "read",
            "operator",
            "200",
            "ü",
            "😀");
    private static final List<String> TAGS = List.of("\"0-1\"", "W/\"0-1\", \"2-3\"", "*", "\"\"", "\"999-9\" ,", "x");
    private static final List<String> TAG_WORDS =
            List.of("\"", "W/", ",", " ", "-", "0", "9", "*", "\u00ff", "\"1-1\"");

    private static Token someone() {
        try (var server = new RunningServer()) {
            var owner = server.authority.actingAs(new Actor.FileOwner());
            owner.tokens().createOperator();
            return owner.tokens().list().getFirst();
        }
    }

    @Test
    void any_query_is_read_or_rejected() {
        Token token = someone();
        new Fuzzer(9, QUERIES, WORDS).fuzz(query -> {
            TokenRequirement requirement = TokenRequirement.of(query);
            requirement.isMetBy(token);
            // What is required is asked for in a form that requires the same.
            for (RequiredPermission each : requirement.permissions().write().permissions()) {
                if (!RequiredPermission.parse(each.text()).equals(each)) {
                    throw new AssertionError(each);
                }
            }
            String challenge = requirement.permissions().read().challenge().toString();
            if (!challenge.chars().allMatch(c -> c >= ' ' && c <= '~')) {
                throw new AssertionError(challenge);
            }
            try {
                PercentEncoding.values(query, "token_name");
                QueryRequest.ofUrl(query);
            } catch (ProblemException | TokenFailure.BadQuery e) {
                // refused
            }
        });
    }

    @Test
    void decodes_what_it_encodes() {
        new Fuzzer(10, QUERIES, WORDS).fuzz(text -> {
            // A lone surrogate is not a character, and is not preserved.
            boolean whole = new String(text.getBytes(UTF_8), UTF_8).equals(text);
            if (whole && !PercentEncoding.decode(PercentEncoding.encode(text)).equals(text)) {
                throw new AssertionError(PercentEncoding.encode(text));
            }
            if (whole && !PercentEncoding.decode(text.replace("%", "%25")).equals(text)) {
                throw new AssertionError("does not keep what needs no encoding");
            }
        });
    }

    @Test
    void any_entity_tag_is_read_or_rejected() {
        TokenVersion version = new TokenVersion(new TokenId(0), 1);
        new Fuzzer(11, TAGS, TAG_WORDS).fuzz(tags -> {
            try {
                EntityTag.ifMatch(List.of(tags));
                EntityTag.noneMatches(List.of(tags), version);
            } catch (ProblemException e) {
                // refused
            }
        });
    }
}
