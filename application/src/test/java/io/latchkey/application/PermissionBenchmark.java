package io.latchkey.application;

import io.latchkey.domain.Actor;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.RequiredPermission;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a required permission adds to a verdict; the verdict alone is measured in the same run. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
// As the launcher starts a server.
@Fork(
        value = 3,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class PermissionBenchmark {
    private static final int PRESENTED = 1 << 12;

    /** Number of tokens, each with permissions of its own: with many, those of each have left the fastest caches. */
    @Param({"16", "1000"})
    int tokens;

    /** Number of permissions of each token; 0 for an admin token. */
    @Param({"0", "1", "16"})
    int permissions;

    private final TokenAuthority authority = new TokenAuthority(
            new InMemoryTokenStore(), new InMemorySystemTables(), InstantSource.system(), new SecureRandom());
    private final TokenSecret[] secrets = new TokenSecret[PRESENTED];
    private final RequiredPermission[] required = new RequiredPermission[PRESENTED];
    private int next;

    /** Half of the permissions are of prefixes, and half of the required ones are allowed by them. */
    @Setup
    public void issue() {
        ActorAccess owner = authority.actingAs(new Actor.FileOwner());
        var issued = new ArrayList<TokenSecret>();
        for (int i = 0; i < tokens; i++) {
            Attributes attributes =
                    permissions == 0 ? Attributes.ADMIN : Attributes.ADMIN.with(Permissions.parse(some()));
            issued.add(owner.tokens()
                    .create(new NewToken(new TokenName("token " + i), Lifetime.UNLIMITED, Description.NONE, attributes))
                    .secret());
        }
        authority.start();
        var random = new Random(1);
        var questions = new HashMap<String, RequiredPermission>();
        for (int i = 0; i < PRESENTED; i++) {
            secrets[i] = issued.get(random.nextInt(tokens));
            String name = "service-" + random.nextInt(16) + (random.nextBoolean() ? "" : "/part");
            // One object for each question, as a server keeps it for each connection of a proxy.
            required[i] = questions.computeIfAbsent(
                    "grafana:" + name + ":" + (random.nextBoolean() ? "read" : "write"), RequiredPermission::parse);
        }
    }

    private List<String> some() {
        List<String> some = new ArrayList<>();
        for (int i = 0; i < permissions; i++) {
            some.add("grafana:service-" + i + (i % 2 == 0 ? "*" : "") + ":read,write");
        }
        return some;
    }

    @TearDown
    public void close() {
        authority.close();
    }

    @Benchmark
    public Verdict verdict() {
        return authority.authenticate(secrets[next++ & PRESENTED - 1]);
    }

    @Benchmark
    public boolean verdictAndPermission() {
        int i = next++ & PRESENTED - 1;
        return authority.authenticate(secrets[i]) instanceof Verdict.Accepted(var token, var _)
                && token.rights().allow(required[i]);
    }
}
