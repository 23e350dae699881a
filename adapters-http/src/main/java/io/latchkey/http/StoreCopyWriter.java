package io.latchkey.http;

import io.latchkey.application.StoreCopy;
import io.micronaut.core.type.Argument;
import io.micronaut.core.type.MutableHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.body.ByteBodyFactory;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.body.ResponseBodyWriter;
import io.micronaut.http.body.stream.InputStreamByteBody;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.OutputStream;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;

/**
 * Writes a copy as the client takes it, never all of it at once.
 *
 * <p>Micronaut's own writer of files would let it be cached.
 */
@Singleton
final class StoreCopyWriter implements ResponseBodyWriter<StoreCopy> {
    private final ExecutorService readers;

    StoreCopyWriter(@Named(TaskExecutors.IO) ExecutorService readers) {
        this.readers = readers;
    }

    @Override
    public CloseableByteBody writePiece(
            ByteBodyFactory factory,
            HttpRequest<?> request,
            HttpResponse<?> response,
            Argument<StoreCopy> type,
            MediaType mediaType,
            StoreCopy copy) {
        return InputStreamByteBody.create(copy.content(), OptionalLong.of(copy.length()), readers, factory);
    }

    @Override
    public void writeTo(
            Argument<StoreCopy> type, MediaType mediaType, StoreCopy copy, MutableHeaders headers, OutputStream out) {
        throw new UnsupportedOperationException("a copy is written as an answer only");
    }
}
