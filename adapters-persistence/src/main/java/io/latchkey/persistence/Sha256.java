package io.latchkey.persistence;

import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A link of the ledger's chain: the SHA-256 of an entry. */
final class Sha256 {
    private final byte[] bytes;

    Sha256(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    static MessageDigest digester() {
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
        return other instanceof Sha256 that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }

    /** A link as its column keeps it. */
    @Singleton
    static final class Column implements AttributeConverter<Sha256, byte[]> {
        @Override
        public byte[] convertToPersistedValue(Sha256 link, ConversionContext context) {
            return link.bytes();
        }

        @Override
        @SuppressWarnings(
                "NullAway") // Data's interface is not annotated; a damaged page can hold what the column cannot
        public Sha256 convertToEntityValue(byte @Nullable [] column, ConversionContext context) {
            return column == null ? null : new Sha256(column);
        }
    }
}
