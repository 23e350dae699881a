package io.latchkey.domain;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-512 of a token's secret: the only part that is stored.
 *
 * <p>Eight longs instead of an array: one object a token instead of two, and a comparison without branches, whose time
 * says nothing about where two digests part.
 */
public final class TokenDigest {
    /** The length of a digest in bytes. */
    public static final int BYTES = 64;

    private static final int SHOWN = 9;
    private static final HexFormat HEX = HexFormat.of();
    private static final MessageDigest SHA_512 = newSha512();

    private final long a;
    private final long b;
    private final long c;
    private final long d;
    private final long e;
    private final long f;
    private final long g;
    private final long h;

    private TokenDigest(ByteBuffer bytes) {
        a = bytes.getLong();
        b = bytes.getLong();
        c = bytes.getLong();
        d = bytes.getLong();
        e = bytes.getLong();
        f = bytes.getLong();
        g = bytes.getLong();
        h = bytes.getLong();
    }

    static TokenDigest of(byte[] secret) {
        return ofBytes(sha512().digest(secret));
    }

    /** A clone of one instance: a look-up among the security providers would cost a sixth of the hash. */
    private static MessageDigest sha512() {
        try {
            return (MessageDigest) SHA_512.clone();
        } catch (CloneNotSupportedException e) {
            return newSha512(); // the provider does not support clone()
        }
    }

    private static MessageDigest newSha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-512 (MessageDigest, since 1.4.2)", e);
        }
    }

    /** The digest with these {@value #BYTES} bytes; {@link TokenFailure.Invalid} for any other number of them. */
    public static TokenDigest ofBytes(byte[] digest) {
        if (digest.length != BYTES) {
            throw notADigest();
        }
        return new TokenDigest(ByteBuffer.wrap(digest));
    }

    /** The digest written as 128 hexadecimal digits in either case; {@link TokenFailure.Invalid} for anything else. */
    public static TokenDigest parse(String hex) {
        try {
            return ofBytes(HEX.parseHex(hex));
        } catch (IllegalArgumentException e) {
            throw notADigest();
        }
    }

    /**
     * Stands for the digest of a secret that must not be shown; no secret has it.
     *
     * @param generation number of the secret, so that those of one token differ
     */
    public static TokenDigest hidden(int generation) {
        return ofBytes(ByteBuffer.allocate(BYTES)
                .putLong(BYTES - Long.BYTES, generation)
                .array());
    }

    /** Whether it only stands for a digest that is not shown. */
    public boolean isHidden() {
        return (a | b | c | d | e | f | g) == 0;
    }

    private static TokenFailure notADigest() {
        return new TokenFailure.Invalid("hash", "a token hash is the SHA-512 of the token: 128 hexadecimal digits");
    }

    /** The {@value #BYTES} bytes, a fresh copy. */
    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(a)
                .putLong(b)
                .putLong(c)
                .putLong(d)
                .putLong(e)
                .putLong(f)
                .putLong(g)
                .putLong(h)
                .array();
    }

    /** 128 lower-case hexadecimal digits. */
    public String hex() {
        return HEX.formatHex(bytes());
    }

    /** The first nine hexadecimal digits, as listings show them (contract 1.10.3). */
    public String abbreviated() {
        return hex().substring(0, SHOWN);
    }

    /** In constant time: all bits are compared. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TokenDigest o
                && ((a ^ o.a) | (b ^ o.b) | (c ^ o.c) | (d ^ o.d) | (e ^ o.e) | (f ^ o.f) | (g ^ o.g) | (h ^ o.h)) == 0;
    }

    /** Some bits of the digest, which are uniformly distributed. */
    @Override
    public int hashCode() {
        return Long.hashCode(a);
    }

    @Override
    public String toString() {
        return abbreviated() + "…";
    }
}
