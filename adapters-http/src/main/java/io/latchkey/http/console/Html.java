package io.latchkey.http.console;

import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.Utf8ByteOutput;
import io.latchkey.http.wire.Paths;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import java.util.function.Consumer;

/** Responses with pages. */
final class Html {
    private Html() {}

    /** A page that a template writes. */
    static MutableHttpResponse<byte[]> page(Consumer<HtmlTemplateOutput> template) {
        return page(HttpStatus.OK, template);
    }

    /** The same with another status. */
    static MutableHttpResponse<byte[]> page(HttpStatus status, Consumer<HtmlTemplateOutput> template) {
        Utf8ByteOutput output = new Utf8ByteOutput();
        template.accept(new OwaspHtmlTemplateOutput(output));
        return HttpResponse.<byte[]>status(status)
                .contentType("text/html; charset=utf-8")
                .body(output.toByteArray());
    }

    /** Goes on to a page of the console with a GET. */
    static MutableHttpResponse<?> redirect(String path) {
        return HttpResponse.status(HttpStatus.SEE_OTHER).header(HttpHeaders.LOCATION, Paths.CONSOLE + "/" + path);
    }
}
