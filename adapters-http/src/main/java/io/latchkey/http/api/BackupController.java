package io.latchkey.http.api;

import io.latchkey.application.StoreBackup;
import io.latchkey.application.TokenTransfer;
import io.latchkey.http.server.Connections;
import io.latchkey.http.server.StreamingSlots;
import io.latchkey.http.wire.HeaderNames;
import io.latchkey.http.wire.Paths;
import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import io.latchkey.http.wire.ProblemStatus;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Head;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;

/**
 * A copy of everything, for every administrator to keep elsewhere.
 *
 * <p>One is made at a time, which takes a processor, and few are sent at a time, since each takes as much room on the disk
 * as the database until its last byte is taken. Who comes when there is no place is sent away with a 503, unless a client
 * takes its copy so slowly that it loses its place.
 */
@Controller(Paths.BACKUP)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class BackupController {
    /** How many are sent at a time. */
    static final int AT_ONCE = 4;

    private static final Problem UNDER_WAY = new Problem(
            ProblemStatus.SERVICE_UNAVAILABLE, "backup-under-way", "another backup is in progress, try again");

    private final InstantSource clock;
    private final Semaphore making = new Semaphore(1);
    private final StreamingSlots sending = new StreamingSlots(AT_ONCE, System::nanoTime);

    BackupController(InstantSource clock) {
        this.clock = clock;
    }

    @Get(headRoute = false)
    @ExecuteOn(TaskExecutors.IO)
    HttpResponse<?> make(HttpRequest<?> request, TokenTransfer transfer) {
        StreamingSlots.Place place = sending.take(Connections.closing(request), UNDER_WAY);
        StoreBackup copy = madeBy(transfer, place);
        return described(HttpResponse.ok(place.answer(request, copy.content(), OptionalLong.of(copy.length()))));
    }

    private StoreBackup madeBy(TokenTransfer transfer, StreamingSlots.Place place) {
        try {
            if (!making.tryAcquire()) {
                throw new ProblemException(UNDER_WAY);
            }
            try {
                return transfer.backUp();
            } finally {
                making.release();
            }
        } catch (RuntimeException | Error e) {
            place.release();
            throw e;
        }
    }

    /** Whether there would be one; none is made. */
    @Head
    HttpResponse<?> offer(TokenTransfer transfer) {
        transfer.checkMayBackUp();
        return described(HttpResponse.ok());
    }

    private MutableHttpResponse<?> described(MutableHttpResponse<?> answer) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return answer.contentType(HeaderNames.BACKUP)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"latchkey-" + today + ".db\"");
    }
}
