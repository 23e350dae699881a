package io.latchkey.application;

import io.latchkey.application.table.SystemQuery;
import io.latchkey.application.table.SystemTables;
import io.latchkey.application.table.SystemTokens;
import io.latchkey.application.table.TableFormat;
import io.latchkey.application.table.TableText;
import io.latchkey.domain.Actor;

/** SQL over the tokens of a store in the same process. */
record LocalQueries(LocalAccess access) implements TokenQueries {
    @Override
    public TableText query(SystemQuery query, TableFormat format) {
        boolean guest = access.actor() instanceof Actor.Anonymous;
        if (!guest) {
            access.checkMayAdminister();
        }
        query.checkDatabase();
        PagedTokens all = new PagedTokens(access.store());
        SystemTokens seen = guest ? SystemTokens.withoutHash(all) : SystemTokens.of(all);
        // Without a limit: the limits are for statements that compute something, not for listing all tokens.
        return query.asksForAll()
                ? TableText.of(format.pieces(seen.toTable()))
                : TableText.bounded(
                        format.pieces(access.tables().query(query.sql(), seen, access.now())), SystemTables.MOST_BYTES);
    }
}
