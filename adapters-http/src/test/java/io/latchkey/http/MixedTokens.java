package io.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.NewToken;
import io.latchkey.application.TokenAdministration;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.Rights;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tokens for one case: admin and resource tokens with names that begin alike, a resource token with another name, and callers.
 * They know what no caller may learn.
 */
final class MixedTokens {
    /** Every permission that a token of this authority can have over it. */
    static final String[] ALL = {
        "tokens:*:*",
        "ledger:*:read",
        "introspection:*:read",
        "verification:*:read",
        "backup:*:read",
        "system:*:read",
        "db:*:*"
    };

    private static final AtomicInteger CASES = new AtomicInteger();
    private static final Duration DAY = Duration.ofDays(1);

    private final TokenAdministration owner;
    private final String operation;
    private final int number = CASES.incrementAndGet();
    private final Map<String, String> secrets = new HashMap<>();
    private final String freshHash =
            TokenSecret.presented("apiv3_fresh" + number).digest().hex();
    private String own = "";

    MixedTokens(RunningServer server, String operation) {
        this.owner = server.authority.actingAs(new Actor.FileOwner()).tokens();
        this.operation = operation;
        create(target(), Lifetime.UNLIMITED, Permissions.NONE);
        create(admin(), new Lifetime.Span(DAY), Rights.ALL);
        create(stranger(), new Lifetime.Span(DAY), Permissions.NONE);
        create(prefix() + "old", new Lifetime.Span(Duration.ofSeconds(1)), Permissions.NONE);
        create(prefix() + "oldboss", new Lifetime.Span(Duration.ofSeconds(1)), Rights.ALL);
        server.clock.advance(Duration.ofSeconds(2));
        secrets.put(target(), rotate(target(), GracePeriod.NONE));
    }

    /** With what the names of this case begin, that callers may see. */
    String prefix() {
        return "t" + number + "-";
    }

    /** With what the names of this case begin, that callers may not see. */
    String outside() {
        return "s" + number + "-";
    }

    String target() {
        return prefix() + "target";
    }

    String admin() {
        return prefix() + "boss";
    }

    String stranger() {
        return outside() + "stranger";
    }

    /** A name that no token has. */
    String free() {
        return prefix() + "free";
    }

    String secret() {
        return secrets.getOrDefault(target(), "");
    }

    String adminSecret() {
        return secrets.getOrDefault(admin(), "");
    }

    String strangerSecret() {
        return secrets.getOrDefault(stranger(), "");
    }

    String hashOf(String name) {
        return owner.find(new TokenName(name)).digest().hex();
    }

    /** The hash of a secret that the target had. */
    String formerHash() {
        return owner.find(new TokenName(target()))
                .secrets()
                .former()
                .getFirst()
                .digest()
                .hex();
    }

    /** The hash of a secret that no token has. */
    String freshHash() {
        return freshHash;
    }

    /** Creates the caller with permissions, and returns its secret. */
    String caller(String... permissions) {
        own = "n" + number + "-" + secrets.size();
        return create(own, Lifetime.UNLIMITED, Permissions.parse(List.of(permissions)));
    }

    private String create(String name, Lifetime lifetime, Rights rights) {
        String secret = owner.create(new NewToken(
                        new TokenName(name), lifetime, new Description("about " + name), Attributes.ADMIN.with(rights)))
                .secret()
                .reveal();
        secrets.put(name, secret);
        return secret;
    }

    private String rotate(String name, GracePeriod grace) {
        return owner.rotate(new TokenName(name), grace, Optional.empty(), Precondition.NONE)
                .secret()
                .reveal();
    }

    /** Brings a token into the state that the operation needs, if it exists. */
    void stage(String name) {
        try {
            switch (operation) {
                case "finishRotation", "undoRotation" ->
                    secrets.put(name, rotate(name, new GracePeriod(Duration.ofHours(1))));
                case "enableToken" -> {
                    var _ = owner.disable(new TokenName(name), Reason.NONE, Precondition.NONE);
                }
                default -> {}
            }
        } catch (TokenFailure.NotFound _) {
            // also a caller of a token that does not exist must learn nothing
        }
    }

    /**
     * Asserts that a response holds no digest, no name of an admin token, and nothing of tokens that are not visible.
     *
     * @param request what the caller sent, and so knows
     * @param visible beginnings of the names that the caller may see
     */
    void assertHolds(HttpResponse<String> answer, String request, Set<String> visible) {
        if (operation.equals("openapi")) {
            return;
        }
        String said = (answer.headers().map() + "\n" + answer.body()).replace("named_admin", "");
        List<String> known = new ArrayList<>();
        for (Token token : owner.list()) {
            String name = token.name().value();
            boolean resource = token.rights() instanceof Permissions;
            if (!resource || !(name.equals(own) || visible.stream().anyMatch(name::startsWith))) {
                known.add(name);
            }
            if (secrets.containsKey(name)) {
                token.secrets().digests().map(TokenDigest::hex).forEach(known::add);
                known.add(token.digest().abbreviated());
            }
        }
        assertThat(known.stream().filter(each -> !request.contains(each)).toList())
                .allSatisfy(each -> assertThat(said).doesNotContain(each));
        assertThat(said).doesNotContain("\"created_by_token_id\":0");
    }
}
