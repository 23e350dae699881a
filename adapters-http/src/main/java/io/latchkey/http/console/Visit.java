package io.latchkey.http.console;

import io.latchkey.domain.RequiredPermission;
import io.micronaut.http.HttpRequest;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;

/**
 * A request of somebody who is signed in, from a page of the console if it sends a form.
 *
 * @param path the segments behind {@code /console/}, not decoded
 * @param query the fields in the URL
 * @param form the fields in the body; none for a GET
 * @param done what a form has done that led to this page; empty for nothing
 */
record Visit(
        HttpRequest<?> request,
        List<String> path,
        FormFields query,
        FormFields form,
        String done,
        InetAddress from,
        SignedIn signedIn,
        Instant now) {
    /** Whether who signed in may do what a permission stands for. */
    boolean may(RequiredPermission required) {
        return signedIn.may(required);
    }

    /** What every page shows around its content. */
    Frame frame(String title) {
        return Frame.of(title, path.getFirst(), signedIn).at(query);
    }
}
