package io.latchkey.http.security;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.ChangeWait;
import io.latchkey.application.node.NodeWait;
import io.latchkey.http.server.RequestPath;
import io.latchkey.http.wire.WaitParameter;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import org.jspecify.annotations.Nullable;

/** How the changes of one request wait for the nodes, and what came of it. */
public final class RequestedWait {
    private volatile @Nullable NodeWait result;

    private RequestedWait() {}

    /** The operations of a client, whose changes wait as its request says. */
    public static ActorAccess apply(ActorAccess access, HttpRequest<?> request) {
        if (request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD) {
            return access;
        }
        RequestedWait wait = new RequestedWait();
        request.setAttribute(RequestedWait.class.getName(), wait);
        return access.waiting(
                new ChangeWait(WaitParameter.read(RequestPath.queryOf(request)), found -> wait.result = found));
    }

    /** The same for a client that must not learn whether anything was changed. */
    public static ActorAccess applySilently(ActorAccess access, HttpRequest<?> request) {
        return access.waiting(new ChangeWait(WaitParameter.read(RequestPath.queryOf(request)), _ -> {}));
    }

    /** Says in the headers of a response what came of it. */
    static void addTo(MutableHttpResponse<?> answer, HttpRequest<?> request) {
        request.getAttribute(RequestedWait.class.getName(), RequestedWait.class)
                .map(wait -> wait.result)
                .ifPresent(found -> WaitParameter.write(found, answer.getHeaders()::set));
    }
}
