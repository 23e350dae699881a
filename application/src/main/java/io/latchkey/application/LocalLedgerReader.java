package io.latchkey.application;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.application.ledger.LedgerPage;
import io.latchkey.application.ledger.LedgerQuery;
import io.latchkey.application.ledger.LedgerRecord;
import io.latchkey.application.node.Node;
import io.latchkey.application.node.Nodes;
import io.latchkey.domain.RequiredPermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the ledger of a store in the same process. */
record LocalLedgerReader(LocalAccess access) implements LedgerReader {
    @Override
    public List<Node> nodes() {
        access.check(RequiredPermission.LEDGER);
        return access.store().nodes().map(Nodes::all).orElse(List.of());
    }

    @Override
    public LedgerPage page(LedgerQuery query) {
        VisibleTokens visible = access.visible();
        visible.checkSomeLedger();
        query.checkKinds();
        List<LedgerRecord> found = new ArrayList<>();
        long seen = query.after();
        List<LedgerEntry> looked = query.id().isPresent()
                ? access.store().history(query.id().get(), query.after(), query.lookedAt())
                : access.store().tail(query.after(), query.lookedAt());
        for (LedgerEntry entry : looked) {
            seen = entry.revision();
            Optional<LedgerRecord> line = visible.seen(
                            LedgerRecord.of(entry), access.actor().tokenId())
                    .filter(query::matches);
            line.ifPresent(found::add);
            if (found.size() == query.limit()) {
                break;
            }
        }
        boolean ended = query.id().isPresent()
                ? looked.size() < query.lookedAt() && found.size() < query.limit()
                : seen >= access.store().revision();
        return new LedgerPage(found, ended ? OptionalLong.empty() : OptionalLong.of(seen));
    }
}
