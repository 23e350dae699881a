package io.latchkey.http.server;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.TooLongHttpHeaderException;

/** Headers of a message that is being decoded; limits their number to {@link StrictHttp#MOST_FIELDS}. */
final class BoundedHttpHeaders extends DefaultHttpHeaders {
    static final HttpHeadersFactory FACTORY = new HttpHeadersFactory() {
        @Override
        public HttpHeaders newHeaders() {
            return new BoundedHttpHeaders();
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
            return new BoundedHttpHeaders();
        }
    };

    @Override
    public HttpHeaders add(String name, Object value) {
        check();
        return super.add(name, value);
    }

    @Override
    public HttpHeaders add(CharSequence name, Object value) {
        check();
        return super.add(name, value);
    }

    private void check() {
        if (size() >= StrictHttp.MOST_FIELDS) {
            throw new TooLongHttpHeaderException("more than " + StrictHttp.MOST_FIELDS + " fields");
        }
    }
}
