package io.latchkey.http.wire;

/** The statuses (RFC 9110) that refusals have: known to commands, whose class path has no Micronaut. */
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

    /** As it is in the status line. */
    public int code() {
        return code;
    }

    /** What it is called, as the title of a problem. */
    String title() {
        return title;
    }

    /** What a status is called; empty for one that no refusal has. */
    public static String title(int code) {
        for (ProblemStatus status : values()) {
            if (status.code == code) {
                return status.title;
            }
        }
        return "";
    }
}
