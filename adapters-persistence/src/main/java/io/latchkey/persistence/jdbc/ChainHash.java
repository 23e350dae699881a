package io.latchkey.persistence.jdbc;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The SHA-256 hash of a ledger entry, which the next entry contains. */
public final class ChainHash {
    private final byte[] bytes;

    /** @param bytes the hash, 32 bytes; copied */
    public ChainHash(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** A new SHA-256 digester. */
    public static MessageDigest digester() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256 (MessageDigest, since 1.4.2)", e);
        }
    }

    /** A copy of the hash. */
    byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ChainHash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The hash in lower-case hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
