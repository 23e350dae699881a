package io.latchkey.http.server;

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
import java.util.concurrent.ExecutorService;

/**
 * Writes a streamed response as fast as the client reads it. Uses little memory, and no thread while the client does
 * not read.
 *
 * <p>Micronaut's own writer for files would add headers that permit caching.
 */
@Singleton
final class StreamedBodyWriter implements ResponseBodyWriter<StreamedBody> {
    private final ExecutorService readers;

    StreamedBodyWriter(@Named(TaskExecutors.IO) ExecutorService readers) {
        this.readers = readers;
    }

    @Override
    public CloseableByteBody writePiece(
            ByteBodyFactory factory,
            HttpRequest<?> request,
            HttpResponse<?> response,
            Argument<StreamedBody> type,
            MediaType mediaType,
            StreamedBody answer) {
        return InputStreamByteBody.create(answer.content(), answer.length(), readers, factory);
    }

    @Override
    public void writeTo(
            Argument<StreamedBody> type,
            MediaType mediaType,
            StreamedBody answer,
            MutableHeaders headers,
            OutputStream out) {
        throw new UnsupportedOperationException("a streamed response can only be written to a client");
    }
}
