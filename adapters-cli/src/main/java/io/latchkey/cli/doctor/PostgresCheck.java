package io.latchkey.cli.doctor;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.StoreLocation;
import io.latchkey.application.TokenStore;
import io.latchkey.application.TokenStore.LedgerCheck;
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
            findings.add(ledger(store.check(Optional.empty())));
        } catch (AuthorityUnavailable e) {
            findings.add(CheckResult.failed("database", "", e));
        }
        return findings;
    }

    private static CheckResult ledger(LedgerCheck check) {
        String seen = VerifyLedger.text(check).lines().findFirst().orElseThrow();
        return check instanceof LedgerCheck.Whole
                ? CheckResult.good("ledger", seen)
                : CheckResult.bad("ledger", seen, "find out who changed it, then restore a backup of the time before");
    }
}
