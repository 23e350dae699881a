package io.latchkey.persistence.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.ChangeWait;
import io.latchkey.application.StoreLocation;
import io.latchkey.application.TokenAdministration;
import io.latchkey.application.TokenAuthority;
import io.latchkey.application.TokenStore;
import io.latchkey.application.node.NodeWait;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several servers on one database: what one has revoked, none accepts after the answer. */
final class AwaitedRevocationTest {
    private static final int REVOCATIONS = 100;

    private final StoreLocation.Postgres database = Postgres.database();
    private final List<TokenStore> stores = IntStream.range(0, 3)
            .mapToObj(_ -> PostgresTokenStore.open(database))
            .toList();
    private final List<TokenAuthority> authorities = stores.stream()
            .map(store -> new TokenAuthority(store, InstantSource.system(), new SecureRandom()))
            .toList();
    private final List<NodeWait> told = new ArrayList<>();

    @BeforeEach
    void start() {
        authorities.forEach(TokenAuthority::start);
    }

    @AfterEach
    void close() {
        authorities.forEach(TokenAuthority::close);
        stores.forEach(TokenStore::close);
    }

    private TokenAdministration owner(int node, Optional<ChangeWait.WaitFor> wait) {
        return authorities
                .get(node % authorities.size())
                .actingAs(new Actor.FileOwner())
                .waiting(new ChangeWait(wait, told::add))
                .tokens();
    }

    @Test
    void no_server_accepts_a_secret_after_its_revocation_was_answered_nor_refuses_one_after_its_creation_was() {
        for (int i = 0; i < REVOCATIONS; i++) {
            TokenName name = new TokenName("t" + i);
            TokenSecret secret = owner(i, Optional.of(ChangeWait.WaitFor.NODES))
                    .createNamed(name, Lifetime.UNLIMITED, Description.NONE)
                    .secret();
            assertThat(authorities).allMatch(each -> !(each.check(secret) instanceof Verdict.Refused));
            owner(i + 1, Optional.empty()).revoke(name, Precondition.NONE);
            assertThat(authorities).noneMatch(each -> each.check(secret) instanceof Verdict.Accepted);
        }
        assertThat(told).hasSize(2 * REVOCATIONS);
    }
}
