package io.latchkey.http.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.TokenAuthority;
import io.latchkey.http.json.JsonWriter;
import io.latchkey.http.wire.HeaderNames;
import io.latchkey.http.wire.Paths;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;

/** Health, readiness and ping (contract 1.12; A.2, row 18), answered from memory on the event loop. */
@Controller
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class HealthController {
    /** The version of InfluxDB 3 that this server is compatible with; clients choose their requests by it. */
    static final String INFLUX_VERSION = "3.10.0";

    private static final String TEXT = "text/plain; charset=utf-8";

    private final TokenAuthority authority;
    private final UuidV7 uuids;
    private final String version;
    private final byte[] ping;

    HealthController(TokenAuthority authority, UuidV7 uuids, @Value("${latchkey.version:unknown}") String version) {
        this.authority = authority;
        this.uuids = uuids;
        this.version = version;
        String processId = uuids.next().toString();
        this.ping = JsonWriter.object(json -> json.with("product_name", "InfluxDB 3 Core")
                .with("version", INFLUX_VERSION)
                .with("revision", "latchkey-" + version)
                .with("process_id", processId));
    }

    // With HEAD, unlike InfluxDB: wget --spider and some load balancers send nothing else.
    @Get(uris = {Paths.HEALTH, Paths.INFLUX_HEALTH})
    HttpResponse<?> health() {
        return HttpResponse.ok("OK".getBytes(UTF_8)).contentType(TEXT);
    }

    @Get(Paths.PING)
    HttpResponse<?> ping() {
        String id = uuids.next().toString();
        return HttpResponse.ok(ping)
                .contentType(MediaType.APPLICATION_JSON_TYPE)
                .header("Request-Id", id)
                .header("X-Request-Id", id)
                .header("X-Influxdb-Build", "Core")
                .header(HeaderNames.INFLUXDB_VERSION, INFLUX_VERSION)
                .header(HeaderNames.LATCHKEY_VERSION, version);
    }

    @Post(Paths.PING)
    HttpResponse<?> pingWithBody() {
        return ping();
    }

    /** Liveness: always 200; no response means that the process should be restarted. */
    @Get(Paths.LIVE)
    HttpResponse<?> live() {
        return HttpResponse.ok("ok".getBytes(UTF_8)).contentType(TEXT);
    }

    /** Readiness: 503 while the server cannot give verdicts; says whether ledger entries are lost. */
    @Get(Paths.READY)
    HttpResponse<?> ready() {
        String detail = authority.ledgerLoss().isPresent() ? ": the ledger has lost entries" : "";
        return authority.givesVerdicts()
                ? HttpResponse.ok(("ok" + detail).getBytes(UTF_8)).contentType(TEXT)
                : HttpResponse.serverError(("unavailable" + detail).getBytes(UTF_8))
                        .status(503)
                        .contentType(TEXT);
    }
}
