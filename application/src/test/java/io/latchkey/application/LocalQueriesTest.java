package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.table.SystemQuery;
import io.latchkey.application.table.TableFormat;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which tokens, and which columns of them, a query shows to whom. */
final class LocalQueriesTest {
    private static final List<SystemQuery> QUERIES =
            List.of(SystemQuery.ALL_TOKENS, new SystemQuery(SystemQuery.DATABASE, InMemorySystemTables.STATEMENT));

    private final TokenAuthority authority = new ManualTicker().authority(new InMemoryTokenStore(), new ManualClock());
    private final ActorAccess owner = authority.actingAs(new Actor.FileOwner());

    @AfterEach
    void close() {
        authority.close();
    }

    private ActorAccess holder(String name, String... permissions) {
        return authority.actingAs(owner.tokens()
                .create(new NewToken(
                        new TokenName(name),
                        Lifetime.UNLIMITED,
                        Description.NONE,
                        Attributes.ADMIN.with(Permissions.parse(List.of(permissions)))))
                .secret());
    }

    private static List<String> lines(ActorAccess reader, SystemQuery query) {
        return reader.queries().query(query, TableFormat.CSV).whole().lines().toList();
    }

    @Test
    void everybody_sees_what_it_may_and_only_admins_see_hashes() {
        authority.start();
        owner.tokens().createOperator();
        ActorAccess reader = holder("reader", "tokens:ci-*:read");
        holder("ci-1");
        ActorAccess guest = authority.actingAs(new Actor.Anonymous());
        for (SystemQuery query : QUERIES) {
            assertThat(lines(owner, query)).hasSize(4).first().asString().contains("name,hash,created_at");
            assertThat(lines(guest, query)).hasSize(4).first().asString().contains("name,created_at");
            assertThat(lines(reader, query)).hasSize(2).last().asString().contains("ci-1");
            assertThat(lines(reader, query)).first().asString().contains("name,created_at");
        }
    }

    @Test
    void who_may_read_no_token_may_not_even_ask() {
        authority.start();
        ActorAccess nobody = holder("nobody", "tokens:*:create");
        for (SystemQuery query : QUERIES) {
            assertThatThrownBy(() -> nobody.queries().query(query, TableFormat.CSV))
                    .isInstanceOf(TokenFailure.PermissionMissing.class)
                    .hasMessageEndingWith("tokens:*:read");
        }
    }
}
