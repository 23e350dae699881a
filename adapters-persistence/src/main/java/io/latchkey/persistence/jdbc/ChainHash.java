package io.latchkey.persistence.jdbc;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A link of the ledger's chain: the SHA-256 of an entry. */
public final class ChainHash {
    private final byte[] bytes;

    public ChainHash(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    public static MessageDigest digester() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256 (MessageDigest, since 1.4.2)", e);
        }
    }

    /** A fresh copy. */
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

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
