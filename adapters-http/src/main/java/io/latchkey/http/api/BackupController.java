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
 * Sends a backup of the database to any administrator.
 *
 * <p>One backup is made at a time, since this takes one CPU, and {@value #AT_ONCE} are sent at a time, since each takes
 * the disk space of the database until it is sent. Further requests get 503, unless a slow client loses its slot; see
 * {@link StreamingSlots}.
 */
@Controller(Paths.BACKUP)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class BackupController {
    /** Maximum number of backups that are sent at a time. */
    static final int AT_ONCE = 4;

    private static final Problem IN_PROGRESS = new Problem(
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
        StreamingSlots.Slot slot = sending.take(Connections.closing(request), IN_PROGRESS);
        StoreBackup copy = backUp(transfer, slot);
        return described(HttpResponse.ok(slot.answer(request, copy.content(), OptionalLong.of(copy.length()))));
    }

    private StoreBackup backUp(TokenTransfer transfer, StreamingSlots.Slot slot) {
        try {
            if (!making.tryAcquire()) {
                throw new ProblemException(IN_PROGRESS);
            }
            try {
                return transfer.backUp();
            } finally {
                making.release();
            }
        } catch (RuntimeException | Error e) {
            slot.release();
            throw e;
        }
    }

    /** Responds as GET would, without making a backup. */
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
