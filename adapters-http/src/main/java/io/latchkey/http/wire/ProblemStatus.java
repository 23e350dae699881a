package io.latchkey.http.wire;

/** HTTP statuses of problems (RFC 9110); commands use this enum because they have no Micronaut on their class path. */
public enum ProblemStatus {
    BAD_REQUEST(400, "Bad Request"),
    UNAUTHORIZED(401, "Unauthorized"),
    FORBIDDEN(403, "Forbidden"),
    NOT_FOUND(404, "Not Found"),
    METHOD_NOT_ALLOWED(405, "Method Not Allowed"),
    CONFLICT(409, "Conflict"),
    PRECONDITION_FAILED(412, "Precondition Failed"),
    REQUEST_ENTITY_TOO_LARGE(413, "Request Entity Too Large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported Media Type"),
    REQUEST_HEADER_FIELDS_TOO_LARGE(431, "Request Header Fields Too Large"),
    INTERNAL_SERVER_ERROR(500, "Internal Server Error"),
    SERVICE_UNAVAILABLE(503, "Service Unavailable");

    private final int code;
    private final String title;

    ProblemStatus(int code, String title) {
        this.code = code;
        this.title = title;
    }

    /** The status code. */
    public int code() {
        return code;
    }

    /** The reason phrase, which is also the title of the problem. */
    String title() {
        return title;
    }

    /** The reason phrase of a status; empty for a status that no problem has. */
    public static String title(int code) {
        for (ProblemStatus status : values()) {
            if (status.code == code) {
                return status.title;
            }
        }
        return "";
    }
}
