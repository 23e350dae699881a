package io.latchkey.http.client;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.ChangeWait;
import io.latchkey.application.LedgerReader;
import io.latchkey.application.TokenAdministration;
import io.latchkey.application.TokenQueries;
import io.latchkey.application.TokenTransfer;

/** What an actor can ask of a remote authority, over HTTP. */
record HttpAccess(ApiClient client) implements ActorAccess {
    @Override
    public TokenAdministration tokens() {
        return new HttpAdministration(client, new ReplyReader(client), queries());
    }

    @Override
    public TokenQueries queries() {
        return new HttpQueries(client);
    }

    @Override
    public LedgerReader ledger() {
        return new HttpLedgerReader(client, new ReplyReader(client));
    }

    @Override
    public HttpAccess waiting(ChangeWait wait) {
        return new HttpAccess(client.waiting(wait));
    }

    @Override
    public TokenTransfer transfer() {
        return new HttpTransfer(client, new ReplyReader(client));
    }
}
