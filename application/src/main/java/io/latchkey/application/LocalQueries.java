package io.latchkey.application;

import io.latchkey.application.table.SystemQuery;
import io.latchkey.application.table.SystemTables;
import io.latchkey.application.table.SystemTokens;
import io.latchkey.application.table.TableFormat;
import io.latchkey.application.table.TableText;
import io.latchkey.domain.Actor;
import io.latchkey.domain.TokenPermission;

/** SQL over the tokens of a store in the same process. */
record LocalQueries(LocalAccess access) implements TokenQueries {
    @Override
    public TableText query(SystemQuery query, TableFormat format) {
        SystemTokens seen = seen();
        query.checkDatabase();
        // Without a limit: the limits are for statements that compute something, not for listing all tokens.
        return query.asksForAll()
                ? TableText.of(format.pieces(seen.toTable()))
                : TableText.bounded(
                        format.pieces(access.tables().query(query.sql(), seen, access.now())), SystemTables.MOST_BYTES);
    }

    private SystemTokens seen() {
        PagedTokens all = new PagedTokens(access.store());
        if (access.actor() instanceof Actor.Anonymous) {
            return SystemTokens.withoutHash(all);
        }
        VisibleTokens visible = access.visible();
        visible.checkSome(TokenPermission.READ);
        return visible.areAll() ? SystemTokens.of(all) : SystemTokens.withoutHash(() -> visible.of(all.iterator()));
    }
}
