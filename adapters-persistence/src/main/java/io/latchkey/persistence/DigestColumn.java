package io.latchkey.persistence;

import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenFailure;
import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** A digest as its column keeps it: the bytes, half as long as their hexadecimal digits. */
@Singleton
final class DigestColumn implements AttributeConverter<TokenDigest, byte[]> {
    @Override
    @SuppressWarnings("NullAway") // Data's interface is not annotated; the column of an actor's digest may be NULL
    public byte[] convertToPersistedValue(@Nullable TokenDigest digest, ConversionContext context) {
        return digest == null ? null : digest.bytes();
    }

    @Override
    @SuppressWarnings("NullAway")
    public TokenDigest convertToEntityValue(byte @Nullable [] column, ConversionContext context) {
        return column == null ? null : read(column);
    }

    /** The digest; a {@link DataAccessException} if the column holds something else. */
    static TokenDigest read(byte[] column) {
        try {
            return TokenDigest.ofBytes(column);
        } catch (TokenFailure e) {
            throw new DataAccessException("a digest is not as it was written", e);
        }
    }
}
