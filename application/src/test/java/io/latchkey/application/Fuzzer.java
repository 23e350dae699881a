package io.latchkey.application;

import static java.util.Objects.requireNonNull;

import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;

/**
 * Inputs for a parser that are nearly right: texts that people write and words of their language, mutated. From one seed
 * always the same, so that what was found can be found again; no more than a few kilobytes, for what is long is for other
 * tests.
 *
 * <p>An input is a finding if the property throws, does not come back, or takes memory out of all proportion.
 */
public final class Fuzzer {
    /** How many inputs: enough for every build, or as many as {@code -Dlatchkey.fuzz} says. */
    public static final long INPUTS = Long.getLong("latchkey.fuzz", 200_000);

    private static final List<String> JSON = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "\\",
            "\\u",
            "\\u0000",
            "\\ud800",
            "null",
            "true",
            "0",
            "-0",
            "-1",
            "1e999",
            "9223372036854775808",
            "NaN",
            "//",
            "/*",
            "\ufeff",
            "\n",
            "[[[[",
            "{\"a\":",
            "\"a\":1,");

    private static final int LONGEST = 4096;
    private static final int MOST_REPEATS = 600;
    private static final long MEMORY = 1L << 20;
    private static final long MEMORY_PER_CHARACTER = 4096;
    private static final String STRANGE =
            "\u0000\u0001\t\n\r \u001b\u007f\u0080\u00a0\u00ad\u00b5\u00df\u00e9\u0130\u0131\u0301\u0660\u200b\u200e\u2028"
                    + "\u212a\u3000\ud800\udbff\udc00\udfff\ufb01\ufeff\ufffd\uffff";

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final List<String> texts;
    private final List<String> words;
    private final RandomGenerator random;
    private volatile String current = "";

    /** For a language of which some texts and some words are known. */
    public Fuzzer(long seed, List<String> texts, List<String> words) {
        this.texts = List.copyOf(texts);
        this.words = List.copyOf(words);
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** For texts in JSON, with some names of fields and values beside the words of JSON itself. */
    public static Fuzzer json(long seed, List<String> texts, String... words) {
        return new Fuzzer(
                seed, texts, Stream.concat(JSON.stream(), Stream.of(words)).toList());
    }

    /** Shows {@link #INPUTS} inputs to a property, which throws if one is handled in a way that is not foreseen. */
    public void fuzz(Consumer<String> property) {
        var done = new AtomicLong();
        var all = new FutureTask<>(() -> show(property, done), done);
        Thread thread = Thread.ofPlatform().daemon().name("fuzzer").start(all);
        long seen = -1;
        while (true) {
            try {
                all.get(1, TimeUnit.MINUTES);
                return;
            } catch (TimeoutException e) {
                if (done.get() == seen) {
                    var hang = new AssertionError("does not come back from " + shown(current));
                    hang.setStackTrace(thread.getStackTrace());
                    throw hang;
                }
                seen = done.get();
            } catch (ExecutionException e) {
                throw new AssertionError("input " + done + ", " + shown(current), e.getCause());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void show(Consumer<String> property, AtomicLong done) {
        for (long i = 0; i < INPUTS; i++) {
            String input = next();
            current = input;
            long most = MEMORY + MEMORY_PER_CHARACTER * input.length();
            long taken = memory(property, input);
            if (taken > most) {
                // Unless that was for the classes that it needed for the first time.
                taken = memory(property, input);
            }
            if (taken > most) {
                throw new AssertionError("takes " + taken + " bytes");
            }
            done.incrementAndGet();
        }
    }

    private static long memory(Consumer<String> property, String input) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        property.accept(input);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private String next() {
        var input = new StringBuilder();
        if (random.nextInt(4) == 0) {
            for (int i = random.nextInt(12); i >= 0; i--) {
                input.append(one(words));
            }
        } else {
            input.append(one(texts));
        }
        for (int i = random.nextInt(5); i > 0; i--) {
            mutate(input);
        }
        input.setLength(Math.min(input.length(), LONGEST));
        return input.toString();
    }

    private void mutate(StringBuilder input) {
        int at = random.nextInt(input.length() + 1);
        int end = Math.min(input.length(), at + random.nextInt(1, 9));
        switch (random.nextInt(10)) {
            case 0 -> input.delete(at, end);
            case 1 -> input.setLength(at);
            case 2 -> input.insert(at, input.substring(at, end));
            case 3 -> input.insert(at, STRANGE.charAt(random.nextInt(STRANGE.length())));
            case 4 -> input.insert(at, (char) random.nextInt(' ', '\u007f'));
            case 5 -> input.replace(at, end, one(words));
            case 6 -> {
                if (at < end) {
                    input.setCharAt(at, (char) (input.charAt(at) ^ 1 << random.nextInt(16)));
                }
            }
            case 7 -> {
                if (random.nextInt(16) == 0) {
                    input.insert(at, one(words).repeat(random.nextInt(MOST_REPEATS)));
                }
            }
            case 8 -> {
                String other = one(texts);
                input.replace(at, input.length(), other.substring(random.nextInt(other.length() + 1)));
            }
            default -> input.insert(at, one(words));
        }
    }

    private String one(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** An input so that it can be put into a test. */
    private static String shown(String input) {
        var shown = new StringBuilder("\"");
        requireNonNull(input).chars().forEach(c -> {
            if (c >= ' ' && c <= '~') {
                shown.append((char) c);
            } else {
                shown.append("\\u").append(HexFormat.of().toHexDigits((char) c));
            }
        });
        return shown.append('"').toString();
    }
}
