package io.latchkey.http.client;

import io.latchkey.application.TokenQueries;
import io.latchkey.application.table.SystemQuery;
import io.latchkey.application.table.TableFormat;
import io.latchkey.application.table.TableText;

/** SQL queries about the tokens of a remote authority, by InfluxDB's query endpoint. */
record HttpQueries(ApiClient client) implements TokenQueries {
    @Override
    public TableText query(SystemQuery query, TableFormat format) {
        return QueryResponse.ask(client, query, format);
    }
}
