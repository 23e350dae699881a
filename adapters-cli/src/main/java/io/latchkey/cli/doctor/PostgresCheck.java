package io.latchkey.cli.doctor;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.StoreLocation;
import io.latchkey.application.TokenStore;
import io.latchkey.application.TokenStore.LedgerCheck;
import io.latchkey.application.node.Node;
import io.latchkey.application.node.Nodes;
import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.ledger.VerifyLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks of a PostgreSQL database. */
record PostgresCheck(Authorities authorities, StoreLocation.Postgres location) {
    List<CheckResult> findings() {
        List<CheckResult> findings = new ArrayList<>();
        try (TokenStore store = authorities.stores().open(location)) {
            store.instanceId();
            findings.add(CheckResult.good("database", location + " can be used"));
            store.loss()
                    .ifPresent(loss -> findings.add(CheckResult.bad(
                            "ledger",
                            "its newest entry is " + loss.newest() + ", but " + loss.seen()
                                    + " was seen: a backup was restored, or a standby was promoted that lagged",
                            "find the lost changes in the logs and webhooks of the servers, then"
                                    + " `latchkey accept ledger`, then make them again")));
            store.nodes().ifPresent(nodes -> findings.addAll(cluster(nodes)));
            findings.add(ledger(store.check(Optional.empty())));
        } catch (AuthorityUnavailable e) {
            findings.add(CheckResult.failed("database", "", e));
        }
        return findings;
    }

    private static List<CheckResult> cluster(Nodes nodes) {
        List<CheckResult> findings = new ArrayList<>();
        nodes.risks().forEach(risk -> findings.add(CheckResult.bad("database", risk.sentence(), risk.advice())));
        List<Node> all = nodes.all();
        List<String> unseen = all.stream()
                .filter(node -> node.state() == Node.State.UNSEEN)
                .map(Node::name)
                .toList();
        findings.add(
                unseen.isEmpty()
                        ? CheckResult.good("nodes", all.size() + (all.size() == 1 ? " server runs" : " servers run"))
                        : CheckResult.bad(
                                "nodes",
                                "no heartbeats from " + String.join(", ", unseen),
                                "look whether it was stopped, or is cut off from the database; a server that crashed"
                                        + " is forgotten after an hour"));
        return findings;
    }

    private static CheckResult ledger(LedgerCheck check) {
        String seen = VerifyLedger.text(check).lines().findFirst().orElseThrow();
        return check instanceof LedgerCheck.Whole
                ? CheckResult.good("ledger", seen)
                : CheckResult.bad("ledger", seen, "find out who changed it, then restore a backup of the time before");
    }
}
