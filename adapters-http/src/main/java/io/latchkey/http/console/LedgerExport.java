package io.latchkey.http.console;

import io.latchkey.application.LedgerReader;
import io.latchkey.application.ledger.LedgerPage;
import io.latchkey.application.ledger.LedgerQuery;
import io.latchkey.application.ledger.LedgerRecord;
import io.latchkey.http.wire.LedgerJson;
import java.io.ByteArrayOutputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.OptionalLong;

/** Entries of the ledger as the API writes them, one a line, read in parts while the client takes them. */
final class LedgerExport implements Iterator<byte[]> {
    /** So that a part is not longer than what is sent at once. */
    static final int PART = 40;

    private final LedgerReader ledger;
    private final LedgerQuery query;
    private OptionalLong next;

    /** @param query its limit is not used */
    LedgerExport(LedgerReader ledger, LedgerQuery query) {
        this.ledger = ledger;
        this.query = query;
        this.next = OptionalLong.of(query.after());
    }

    @Override
    public boolean hasNext() {
        return next.isPresent();
    }

    @Override
    public byte[] next() {
        LedgerPage page = ledger.page(query.after(next.orElseThrow(NoSuchElementException::new)));
        next = page.next();
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (LedgerRecord entry : page.lines()) {
            lines.writeBytes(LedgerJson.entry(entry));
            lines.write('\n');
        }
        return lines.toByteArray();
    }
}
