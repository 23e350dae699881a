package io.latchkey.http;

import io.latchkey.application.StoreCopy;
import io.latchkey.application.TokenAdministration;
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
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.netty.channel.Channel;
import java.io.InputStream;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Semaphore;

/**
 * A copy of everything, for every administrator to keep elsewhere.
 *
 * <p>One at a time, from its making to its last byte: each takes as much room as the database, and a processor while it
 * is made. Whoever comes meanwhile is sent away with a 503.
 */
@Controller(Paths.BACKUP)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class BackupController {
    /** What a copy is, as registered with IANA. */
    private static final Refusal UNDER_WAY =
            new Refusal(Status.SERVICE_UNAVAILABLE, "backup-under-way", "another backup is under way, try again");

    private final InstantSource clock;
    private final Semaphore turn = new Semaphore(1);

    BackupController(InstantSource clock) {
        this.clock = clock;
    }

    @Get(headRoute = false)
    @ExecuteOn(TaskExecutors.IO)
    HttpResponse<?> make(HttpRequest<?> request, TokenAdministration administration) {
        if (!turn.tryAcquire()) {
            throw new RefusedRequest(UNDER_WAY);
        }
        StoreCopy copy = madeBy(administration);
        InputStream content = new LastRead(copy.content(), copy.length(), turn::release);
        // Of an answer to somebody who has gone, Micronaut closes nothing that it has not begun to read.
        channel(request).closeFuture().addListener(_ -> content.close());
        return described(HttpResponse.ok(new StoreCopy(copy.length(), content)));
    }

    private StoreCopy madeBy(TokenAdministration administration) {
        try {
            return administration.backUp();
        } catch (RuntimeException | Error e) {
            turn.release();
            throw e;
        }
    }

    private static Channel channel(HttpRequest<?> request) {
        return ((NettyHttpRequest<?>) request).getChannelHandlerContext().channel();
    }

    /** Whether there would be one; none is made. */
    @Head
    HttpResponse<?> offer(TokenAdministration administration) {
        administration.checkMayBackUp();
        return described(HttpResponse.ok());
    }

    private MutableHttpResponse<?> described(MutableHttpResponse<?> answer) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return answer.contentType(SharedNames.BACKUP)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"latchkey-" + today + ".db\"");
    }
}
