package io.latchkey.application;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.domain.Actor;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
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

/** What a verdict costs, beside the hash that nothing can save. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
// As the launcher starts a server.
@Fork(
        value = 3,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class AuthenticateBenchmark {
    private static final int PRESENTED = 1 << 12;

    @Param({"1", "1000", "100000"})
    int tokens;

    private final TokenAuthority authority = new TokenAuthority(
            new InMemoryTokenStore(), new InMemorySystemTables(), InstantSource.system(), new SecureRandom());
    private final TokenSecret[] good = new TokenSecret[PRESENTED];
    private final TokenSecret[] bad = new TokenSecret[PRESENTED];
    private final byte[][] bytes = new byte[PRESENTED][];
    private int next;

    /** Many different secrets, so that neither caches nor branch predictors learn them by heart. */
    @Setup
    public void issue() {
        ActorAccess owner = authority.actingAs(new Actor.FileOwner());
        var secrets = new ArrayList<TokenSecret>();
        for (int i = 0; i < tokens; i++) {
            var name = new TokenName("token " + i);
            secrets.add(owner.tokens()
                    .createNamed(name, new Lifetime.Span(Duration.ofDays(1)), Description.NONE)
                    .secret());
        }
        authority.start();
        var random = new Random(1);
        for (int i = 0; i < PRESENTED; i++) {
            good[i] = secrets.get(random.nextInt(tokens));
            bytes[i] = good[i].reveal().getBytes(UTF_8);
            bad[i] = TokenSecret.generate(new SecureRandom());
        }
    }

    @TearDown
    public void close() {
        authority.close();
    }

    @Benchmark
    public Verdict accepted() {
        return authority.authenticate(good[next++ & PRESENTED - 1]);
    }

    /** The same without a note of the use: what the note costs is the difference. */
    @Benchmark
    public Verdict acceptedUnnoted() {
        return authority.check(good[next++ & PRESENTED - 1]);
    }

    @Benchmark
    public Verdict refused() {
        return authority.authenticate(bad[next++ & PRESENTED - 1]);
    }

    @Benchmark
    public byte[] hashAlone() throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-512").digest(bytes[next++ & PRESENTED - 1]);
    }
}
