package io.latchkey.http.monitoring;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.BackgroundFailures;
import io.latchkey.application.LogCounts;
import io.latchkey.application.TokenAuthority;
import io.latchkey.application.TokenStatistics;
import io.latchkey.application.VerdictCounts;
import io.latchkey.application.node.Node;
import io.latchkey.application.node.Nodes;
import io.latchkey.application.notification.DeliveryCounts;
import io.latchkey.domain.Actor;
import io.latchkey.http.server.RequestCounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.annotation.Value;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Metrics in the text format of Prometheus.
 *
 * <p>Requests only increment counters, which are read here for a scrape. Created at the first scrape.
 */
@Singleton
final class Metrics {
    private final TokenAuthority authority;
    private final RequestCounts requests;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final MultiGauge remaining;
    private final MultiGauge nextEnd;
    private final boolean named;
    private final Set<Integer> shown = ConcurrentHashMap.newKeySet();

    Metrics(
            TokenAuthority authority,
            RequestCounts requests,
            LogCounts log,
            @Value("${latchkey.version:unknown}") String version,
            @Value("${latchkey.server.metrics-token-names:false}") boolean named) {
        this.authority = authority;
        this.requests = requests;
        this.named = named;
        // Replaced below in seconds: Micrometer counts nanoseconds. The name of the second looks like part of a
        // histogram.
        registry.config()
                .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"))
                .meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
        Gauge.builder("latchkey.build.info", () -> 1)
                .description("Version of Latchkey")
                .tag("version", version)
                .register(registry);
        Gauge.builder("latchkey.ready", authority, source -> source.givesVerdicts() ? 1 : 0)
                .description("1 if the server can give verdicts, otherwise 0")
                .register(registry);
        Gauge.builder(
                        "latchkey.ledger.entries",
                        authority,
                        source -> source.statistics().ledgerLength())
                .description("Number of entries in the ledger")
                .register(registry);
        Gauge.builder("latchkey.ledger.intact", authority, source -> switch (source.ledgerHealth()) {
                    case UNKNOWN -> Double.NaN;
                    case INTACT -> 1;
                    case BROKEN -> 0;
                })
                .description("1 if the tokens match the ledger, 0 if not, NaN until checked")
                .register(registry);
        tokens("active", TokenStatistics::active);
        tokens("pending", TokenStatistics::pending);
        tokens("expired", TokenStatistics::expired);
        tokens("disabled", TokenStatistics::disabled);
        verdicts("accepted", VerdictCounts::accepted);
        verdicts("unknown", VerdictCounts::unknown);
        verdicts("expired", VerdictCounts::expired);
        verdicts("disabled", VerdictCounts::disabled);
        verdicts("retired", VerdictCounts::retired);
        verdicts("not_yet", VerdictCounts::notYet);
        verdicts("origin", VerdictCounts::origin);
        verdicts("route", VerdictCounts::route);
        verdicts("unavailable", VerdictCounts::unavailable);
        for (BackgroundFailures.Work work : BackgroundFailures.Work.values()) {
            failures(work);
        }
        authority.notices().ifPresent(this::notices);
        authority.nodes().ifPresent(this::nodes);
        omittedLines(log, "queue_full", LogCounts::dropped);
        omittedLines(log, "throttled", LogCounts::throttled);
        nextEnd = MultiGauge.builder("latchkey.tokens.next.expiry")
                .description("Time until the next live token expires")
                .baseUnit("seconds")
                .register(registry);
        remaining = MultiGauge.builder("latchkey.token.expiry")
                .description("Time until a token expires; negative if it has expired")
                .baseUnit("seconds")
                .register(registry);
        jvm();
    }

    private void tokens(String state, ToDoubleFunction<TokenStatistics> count) {
        Gauge.builder("latchkey.tokens", authority, source -> count.applyAsDouble(source.statistics()))
                .description("Number of tokens")
                .tag("state", state)
                .register(registry);
    }

    private void verdicts(String kind, ToDoubleFunction<VerdictCounts> count) {
        FunctionCounter.builder("latchkey.verdicts", authority.verdicts(), count)
                .description("Number of verdicts on presented secrets")
                .tag("verdict", kind)
                .register(registry);
    }

    private void failures(BackgroundFailures.Work work) {
        FunctionCounter.builder("latchkey.background.failures", authority.failures(), counts -> counts.count(work))
                .description("Number of failures of background work, which is tried again later")
                .tag("work", work.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private void nodes(Nodes nodes) {
        Gauge.builder("latchkey.lease.age", authority, source -> seconds(source.leaseAge()))
                .description("Time since this server asked for the newest ledger entry and was answered; verdicts end"
                        + " after 1")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("latchkey.ledger.head", authority, TokenAuthority::newestRevision)
                .description("Revision of the newest ledger entry")
                .register(registry);
        Gauge.builder(
                        "latchkey.ledger.lag",
                        authority,
                        source -> source.newestRevision() - source.statistics().ledgerLength())
                .description("Number of ledger entries that this server has yet to apply")
                .register(registry);
        Gauge.builder(
                        "latchkey.ledger.lost.entries",
                        authority,
                        source -> source.ledgerLoss()
                                .map(loss -> Math.max(1, loss.seen() - loss.newest()))
                                .orElse(0L))
                .description("Number of ledger entries that are known to be lost, at least 1 if any; 0 after"
                        + " latchkey accept ledger")
                .register(registry);
        for (Node.State state : Node.State.values()) {
            Gauge.builder("latchkey.nodes", nodes, source -> count(source, state))
                    .description("Number of servers on the database in the last hour; NaN if it does not answer")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }

    private static double count(Nodes nodes, Node.State state) {
        try {
            return nodes.all().stream().filter(node -> node.state() == state).count();
        } catch (AuthorityUnavailable e) {
            return Double.NaN;
        }
    }

    private void notices(DeliveryCounts counts) {
        notices(counts, "delivered", DeliveryCounts::delivered);
        notices(counts, "failed", DeliveryCounts::failed);
        notices(counts, "dropped", DeliveryCounts::dropped);
        notices(counts, "ended", DeliveryCounts::ended);
    }

    private void notices(DeliveryCounts counts, String outcome, ToDoubleFunction<DeliveryCounts> count) {
        FunctionCounter.builder("latchkey.notices", counts, count)
                .description("Number of attempts to deliver a notification to the webhook")
                .tag("outcome", outcome)
                .register(registry);
    }

    private void omittedLines(LogCounts log, String reason, ToDoubleFunction<LogCounts> count) {
        FunctionCounter.builder("latchkey.log.dropped", log, count)
                .description("Number of log lines that were not written")
                .tag("reason", reason)
                .register(registry);
    }

    private void jvm() {
        FunctionCounter.builder("process.cpu", ProcessHandle.current(), Metrics::cpuSeconds)
                .description("CPU time used by this process")
                .baseUnit("seconds")
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        collections.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /**
     * The current values of all metrics, as text. One at a time, because readers may see different names.
     *
     * @param reader whose token decides which names of tokens are shown; empty for all
     */
    synchronized String scrape(Optional<Actor.Holder> reader) {
        requests.forEach(this::showOnce);
        TokenStatistics statistics = authority.statistics();
        nextEnd.register(
                statistics.untilNextEnd().stream()
                        .map(left -> MultiGauge.Row.of(Tags.empty(), seconds(left)))
                        .collect(Collectors.toList()),
                true);
        if (named) {
            remaining.register(
                    reader.map(authority::remaining).orElseGet(authority::remaining).entrySet().stream()
                            .map(token -> MultiGauge.Row.of(
                                    Tags.of("name", token.getKey().value()), seconds(token.getValue())))
                            .collect(Collectors.toList()),
                    true);
        }
        return registry.scrape() + "# EOF\n";
    }

    private void showOnce(LongAdder count, int status) {
        if (shown.add(status)) {
            FunctionCounter.builder("latchkey.requests", count, LongAdder::sum)
                    .description("Number of answered requests")
                    .tag("status", Integer.toString(status))
                    .register(registry);
        }
    }

    private static double cpuSeconds(ProcessHandle process) {
        return process.info().totalCpuDuration().map(Metrics::seconds).orElse(0.0);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    @PreDestroy
    void close() {
        collections.close();
        registry.close();
    }
}
