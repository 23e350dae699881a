package io.latchkey.http.console;

import io.latchkey.http.wire.Problem;
import io.latchkey.http.wire.ProblemException;
import io.micronaut.http.HttpResponse;

/** A page of the console, or several that belong together. Failures become pages that show them. */
interface Page {
    /** Shows the page. */
    HttpResponse<?> show(Visit visit);

    /** Does what a form of the page asks for; refused if the page has no form. */
    default HttpResponse<?> act(Visit visit) {
        throw new ProblemException(Problem.NOT_FOUND);
    }
}
