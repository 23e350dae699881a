package io.latchkey.persistence.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.Eventually;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The address of the database leads to a server that lacks the newest entries, as after the promotion of a replica that lagged. */
final class LaggingReplicaTest {
    private static final TokenName REVOKED = new TokenName("revoked");
    private static final TokenName LIVE = new TokenName("live");

    @Test
    void what_was_ended_stays_ended_and_nothing_is_changed(@TempDir Path folder) throws Exception {
        Path primaryData = Files.createDirectory(folder.resolve("primary"));
        Path replicaData = folder.resolve("replica");
        try (OwnServer primary = new OwnServer(primaryData);
                Relay network = new Relay(primary.location());
                TestNode node = new TestNode(network.location())) {
            node.start();
            TokenSecret revoked = node.create(REVOKED);
            TokenSecret live = node.create(LIVE);
            primary.copyTo(replicaData);
            Eventually.until(() -> Changes.isDone(() -> node.owner().tokens().revoke(REVOKED, Precondition.NONE)));
            assertThat(node.verdict(revoked)).isInstanceOf(Verdict.Refused.class);
            try (OwnServer replica = new OwnServer(replicaData)) {
                assertThat(Postgres.query(replica.location(), "SELECT count(*) FROM token WHERE name = 'revoked'"))
                        .containsExactly("1");
                network.lead(replica.port());
                network.cut();
                network.mend();

                Eventually.until(() -> isMarked(replica));
                Eventually.until(() -> node.accepts(live));
                assertThat(node.verdict(revoked)).isInstanceOf(Verdict.Refused.class);
                var _ = Eventually.get(
                        () -> refusal(node),
                        said -> said.contains("lost ledger entries: its newest is 2, but 3 was seen"));
                try (TestNode fresh = new TestNode(network.location())) {
                    fresh.start();
                    assertThat(fresh.verdict(revoked)).isEqualTo(Verdict.Unavailable.STALE);
                    assertThat(fresh.verdict(live)).isEqualTo(Verdict.Unavailable.STALE);
                    assertThat(Changes.isDone(() -> fresh.create(new TokenName("new"))))
                            .isFalse();
                }
                assertThat(node.accepts(live)).isTrue();
                assertThat(node.accepts(revoked)).isFalse();
            }
        }
    }

    private static String refusal(TestNode node) {
        try {
            var _ = node.create(new TokenName("new"));
            throw new AssertionError("was created");
        } catch (AuthorityUnavailable e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static boolean isMarked(OwnServer server) {
        return Postgres.query(server.location(), "SELECT count(*) FROM ledger_head WHERE lost_revision = 3")
                .contains("1");
    }
}
