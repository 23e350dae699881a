package io.latchkey.http.client;

import io.latchkey.application.IssuedToken;
import io.latchkey.application.NewToken;
import io.latchkey.application.PurgedTokens;
import io.latchkey.application.RotatedToken;
import io.latchkey.application.TokenAdministration;
import io.latchkey.application.TokenPage;
import io.latchkey.application.TokenQueries;
import io.latchkey.application.TokenQuery;
import io.latchkey.application.TokenSummary;
import io.latchkey.application.TokenUse;
import io.latchkey.application.table.SystemQuery;
import io.latchkey.application.table.TableFormat;
import io.latchkey.application.table.TableText;
import io.latchkey.application.usage.UseHistory;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.IdempotencyKey;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonException;
import io.latchkey.http.wire.CreateResourceToken;
import io.latchkey.http.wire.CreateToken;
import io.latchkey.http.wire.DisableToken;
import io.latchkey.http.wire.EditToken;
import io.latchkey.http.wire.Paths;
import io.latchkey.http.wire.PercentEncoding;
import io.latchkey.http.wire.ProblemStatus;
import io.latchkey.http.wire.PurgeTokens;
import io.latchkey.http.wire.RotateToken;
import io.latchkey.http.wire.TokenAction;
import io.latchkey.http.wire.TokenJson;
import io.latchkey.http.wire.TokenPageJson;
import io.latchkey.http.wire.TokenParameters;
import io.latchkey.http.wire.TokenUseJson;
import io.latchkey.http.wire.UseHistoryJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Administration of the tokens of a remote authority: over InfluxDB's endpoints where they can express it, so that it works
 * with an InfluxDB 3 server, and over Latchkey's own otherwise.
 */
record HttpAdministration(ApiClient client, ReplyReader replies, TokenQueries queries) implements TokenAdministration {
    @Override
    public IssuedToken createOperator() {
        return replies.read(client.change("POST", Paths.CREATE_OPERATOR), TokenName.OPERATOR, TokenJson::readIssued);
    }

    @Override
    public IssuedToken create(NewToken token) {
        if (token.name().equals(TokenName.OPERATOR)) {
            // InfluxDB 3 would accept this name.
            throw new TokenFailure.Invalid("name", "token name must not begin with '_', which is reserved");
        }
        var asked = new CreateToken(token);
        RawResponse answer = asked.fitsInflux()
                ? client.change("POST", Paths.CREATE_NAMED, Precondition.NONE, asked.writeInflux())
                : client.change("POST", Paths.OWN_TOKENS, Precondition.NONE, asked.writeOwn());
        if (answer.status()
                == ProblemStatus.NOT_FOUND.code()) { // an InfluxDB 3 Enterprise, which has not Latchkey's own paths
            Optional<byte[]> enterprise = CreateResourceToken.write(token);
            if (enterprise.isPresent()) {
                answer = client.change("POST", Paths.ENTERPRISE_TOKEN, Precondition.NONE, enterprise.get());
            }
        }
        return replies.read(answer, token.name(), TokenJson::readIssued);
    }

    @Override
    public IssuedToken regenerateOperator() {
        return replies.read(
                client.change("POST", Paths.REGENERATE_OPERATOR), TokenName.OPERATOR, TokenJson::readIssued);
    }

    @Override
    public TokenPage page(TokenQuery query) {
        return page(query, askedFor(query));
    }

    private RemoteProblem askedFor(TokenQuery query) {
        String path = Paths.OWN_TOKENS + "?" + TokenParameters.write(query);
        return new RemoteProblem(client.send("GET", path), TokenName.OPERATOR, TokenName.OPERATOR);
    }

    private TokenPage page(TokenQuery query, RemoteProblem answer) {
        TokenPage page = replies.read(answer, body -> TokenPageJson.read(body, query));
        if (query.isSelective() && !TokenPageJson.isPage(answer.answer().body())) {
            throw client.unexpected(
                    answer.answer(),
                    "the response has all tokens, because the server is older than this command and cannot filter");
        }
        return page;
    }

    @Override
    public List<TokenSummary> summaries() {
        RemoteProblem answer = askedFor(TokenQuery.ALL);
        if (!answer.isSuccess() && answer.failure().isEmpty()) {
            // InfluxDB 3 has no such endpoint, and Latchkey without authentication disables it.
            return influxTokens();
        }
        List<TokenSummary> all = new ArrayList<>();
        TokenPage page = page(TokenQuery.ALL, answer);
        page.tokens().forEach(listed -> all.add(TokenSummary.of(listed)));
        page.next()
                .ifPresent(next -> all(TokenQuery.ALL.after(next)).forEach(listed -> all.add(TokenSummary.of(listed))));
        return all;
    }

    @Override
    public Token find(TokenName name) {
        return replies.read(client.send("GET", Paths.of(name)), name, TokenJson::readToken);
    }

    @Override
    public Token own() {
        return replies.read(client.send("GET", Paths.WHO_AM_I), TokenName.OPERATOR, TokenJson::readToken);
    }

    @Override
    public List<TokenUse> uses(TokenName name) {
        return replies.read(client.send("GET", Paths.of(name)), name, body -> TokenUseJson.read(Json.parse(body)));
    }

    @Override
    public UseHistory useHistory(TokenName name) {
        return replies.read(client.send("GET", Paths.usesOf(name)), name, UseHistoryJson::read);
    }

    @Override
    public Token edit(TokenName name, TokenEdit edit, Precondition precondition) {
        RawResponse answer = client.change("PATCH", Paths.of(name), precondition, EditToken.write(edit));
        return replies.read(new RemoteProblem(answer, name, edit.name().orElse(name)), TokenJson::readToken);
    }

    @Override
    public void revoke(TokenName name, Precondition precondition) {
        RawResponse answer = precondition.oneOf().isEmpty()
                ? client.change("DELETE", Paths.INFLUX_TOKEN + "?token_name=" + PercentEncoding.encode(name.value()))
                : client.change("DELETE", Paths.of(name), precondition);
        replies.read(answer, name, body -> body);
    }

    @Override
    public RotatedToken rotate(
            TokenName name, GracePeriod grace, Optional<IdempotencyKey> key, Precondition precondition) {
        ApiClient keyed = key.map(present -> client.with(RotateToken.KEY, RotateToken.write(present)))
                .orElse(client);
        String path = Paths.of(name, TokenAction.ROTATE);
        return replies.read(
                keyed.change("POST", path, precondition, RotateToken.write(grace)), name, TokenJson::readRotated);
    }

    @Override
    public Token finishRotation(TokenName name, Precondition precondition) {
        return act(name, TokenAction.FINISH_ROTATION, precondition);
    }

    @Override
    public Token undoRotation(TokenName name, Precondition precondition) {
        return act(name, TokenAction.UNDO_ROTATION, precondition);
    }

    @Override
    public Token disable(TokenName name, Reason reason, Precondition precondition) {
        String path = Paths.of(name, TokenAction.DISABLE);
        return replies.read(
                client.change("POST", path, precondition, DisableToken.write(reason)), name, TokenJson::readToken);
    }

    @Override
    public Token enable(TokenName name, Precondition precondition) {
        return act(name, TokenAction.ENABLE, precondition);
    }

    private Token act(TokenName name, TokenAction act, Precondition precondition) {
        return replies.read(client.change("POST", Paths.of(name, act), precondition), name, TokenJson::readToken);
    }

    @Override
    public PurgedTokens purge(Duration expiredFor) {
        byte[] body = PurgeTokens.write(expiredFor);
        return replies.read(
                client.change("POST", Paths.PURGE, Precondition.NONE, body), TokenName.OPERATOR, TokenJson::readPurged);
    }

    /** Uses the leaked secret as the credential; the response does not reveal whether it was a token. */
    @Override
    public void burn(TokenSecret secret) {
        replies.read(client.as(secret).change("POST", Paths.BURN), TokenName.OPERATOR, body -> body);
    }

    /** All tokens, from the SQL endpoint of InfluxDB 3. */
    private List<TokenSummary> influxTokens() {
        try (TableText table = queries.query(SystemQuery.ALL_TOKENS, TableFormat.JSON)) {
            return SystemTokensJson.read(table.whole());
        } catch (JsonException e) {
            throw client.unexpected(new RawResponse(200, Map.of(), new byte[0]), ReplyReader.NOT_AN_AUTHORITY);
        }
    }
}
