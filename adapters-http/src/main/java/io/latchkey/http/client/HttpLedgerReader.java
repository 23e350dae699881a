package io.latchkey.http.client;

import io.latchkey.application.LedgerReader;
import io.latchkey.application.ledger.LedgerPage;
import io.latchkey.application.ledger.LedgerQuery;
import io.latchkey.application.node.Node;
import io.latchkey.domain.TokenName;
import io.latchkey.http.wire.LedgerJson;
import io.latchkey.http.wire.LedgerParameters;
import io.latchkey.http.wire.NodesJson;
import io.latchkey.http.wire.Paths;
import java.util.List;

/** Reads the ledger of a remote authority. */
record HttpLedgerReader(ApiClient client, ReplyReader replies) implements LedgerReader {
    @Override
    public LedgerPage page(LedgerQuery query) {
        return replies.read(
                client.send("GET", Paths.LEDGER + "?" + LedgerParameters.write(query)),
                TokenName.OPERATOR,
                LedgerJson::readPage);
    }

    @Override
    public List<Node> nodes() {
        return replies.read(client.send("GET", Paths.NODES), TokenName.OPERATOR, NodesJson::read);
    }
}
