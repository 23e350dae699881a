package io.latchkey.http.client;

import io.latchkey.application.StoreBackup;
import io.latchkey.application.TokenTransfer;
import io.latchkey.application.transfer.ChangeRefused;
import io.latchkey.application.transfer.DeclaredToken;
import io.latchkey.application.transfer.DryRun;
import io.latchkey.application.transfer.ImportResult;
import io.latchkey.application.transfer.TokenPlan;
import io.latchkey.application.transfer.TokenPlan.Prune;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.http.wire.ApplyTokens;
import io.latchkey.http.wire.HeaderNames;
import io.latchkey.http.wire.ImportTokens;
import io.latchkey.http.wire.Paths;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Declarations, imports and backups of a remote authority. */
record HttpTransfer(ApiClient client, ReplyReader replies) implements TokenTransfer {
    @Override
    public TokenPlan apply(List<DeclaredToken> wanted, Prune others, DryRun run) {
        return sendAll(
                Paths.APPLY,
                new ApplyTokens(wanted, others, run).write(),
                wanted.stream().map(DeclaredToken::name).toList(),
                ApplyTokens::readPlan);
    }

    @Override
    public ImportResult importTokens(List<Token> tokens, DryRun run) {
        return sendAll(
                Paths.IMPORT,
                new ImportTokens(tokens, run).write(),
                tokens.stream().map(Token::name).toList(),
                ImportTokens::readResult);
    }

    private <T> T sendAll(String path, byte[] json, List<TokenName> names, Function<byte[], T> reader) {
        RawResponse answer = client.change("POST", path, Precondition.NONE, json);
        OptionalInt place = new RemoteProblem(answer, TokenName.OPERATOR, TokenName.OPERATOR).place();
        if (place.isPresent() && place.getAsInt() < names.size()) {
            TokenName refused = names.get(place.getAsInt());
            Optional<TokenFailure> failure = new RemoteProblem(answer, refused, refused).failure();
            if (failure.isPresent()) {
                throw new ChangeRefused(place.getAsInt(), failure.get());
            }
        }
        return replies.read(answer, TokenName.OPERATOR, reader);
    }

    @Override
    public StoreBackup backUp() {
        return client.download(Paths.BACKUP, HeaderNames.BACKUP, this::noBackup);
    }

    @Override
    public void checkMayBackUp() {
        RawResponse answer = client.send("HEAD", Paths.BACKUP);
        if (answer.status() != 200 || !answer.header("Content-Type").equals(Optional.of(HeaderNames.BACKUP))) {
            throw noBackup(answer);
        }
    }

    private RuntimeException noBackup(RawResponse answer) {
        RemoteProblem refusal = new RemoteProblem(answer, TokenName.OPERATOR, TokenName.OPERATOR);
        return refusal.isSuccess() ? client.unexpected(answer, ReplyReader.NOT_AN_AUTHORITY) : replies.refusal(refusal);
    }
}
