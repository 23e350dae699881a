package io.latchkey.http.wire;

import io.latchkey.domain.TokenName;

/** The paths of all endpoints; {@code RequestPath} extracts the path of a request. */
public final class Paths {
    public static final String INFLUX_TOKEN = "/api/v3/configure/token";
    public static final String CREATE_OPERATOR = INFLUX_TOKEN + "/admin";
    public static final String REGENERATE_OPERATOR = INFLUX_TOKEN + "/admin/regenerate";
    public static final String CREATE_NAMED = INFLUX_TOKEN + "/named_admin";
    public static final String ENTERPRISE_TOKEN = "/api/v3/enterprise/configure/token";
    public static final String QUERY_SQL = "/api/v3/query_sql";
    public static final String OWN = "/api/v1";
    public static final String OWN_TOKENS = OWN + "/tokens";
    /** Follows the path of a token. */
    public static final String USES = "/uses";

    public static final String WHO_AM_I = OWN + "/whoami";
    public static final String CONSOLE_LINK = OWN + "/console-link";
    public static final String LEDGER = OWN + "/ledger";
    public static final String NODES = OWN + "/nodes";
    public static final String BACKUP = OWN + "/backup";
    public static final String PURGE = OWN + "/purge";
    public static final String APPLY = OWN + "/apply";
    public static final String IMPORT = OWN + "/import";
    public static final String BURN = OWN + "/burn";
    public static final String VERIFY = OWN + "/verify";
    /** {@link #VERIFY} with the request that is asked about in headers. */
    public static final String VERIFY_REQUEST = VERIFY + "/request";

    public static final String VERIFY_BATCH = VERIFY + "/batch";
    public static final String OAUTH = "/oauth2";
    public static final String INTROSPECT = OAUTH + "/introspect";
    public static final String REVOKE = OAUTH + "/revoke";
    public static final String OAUTH_METADATA = "/.well-known/oauth-authorization-server";
    public static final String HEALTH = "/health";
    public static final String INFLUX_HEALTH = "/api/v1/health";
    public static final String PING = "/ping";
    public static final String METRICS = "/metrics";
    public static final String LIVE = "/livez";
    public static final String READY = "/readyz";
    public static final String ROOT = "/";
    public static final String CONSOLE = "/console";

    /** Where people sign in to the console. */
    public static final String CONSOLE_SIGN_IN = CONSOLE + "/sign-in";

    /** The parameter of that with the code of the owner of the database. */
    public static final String OWNER_CODE = "owner";

    public static final String API_DESCRIPTION = "/openapi.yml";
    public static final String DOCS = "/docs";
    public static final String DOCS_SCRIPT = DOCS + "/docs.js";
    public static final String DOCS_RENDERER = DOCS + "/swagger-ui-bundle.js";
    public static final String DOCS_STYLE = DOCS + "/swagger-ui.css";

    private static final String FOLDER = "=";

    private Paths() {}

    /**
     * The index of the path in a request target: 0, or after the authority if the target is an absolute URL, which
     * every server must accept (RFC 9112, section 3.2.2). The length of the target if it has no path.
     */
    static int beginIn(String target) {
        if (target.startsWith("/")) {
            return 0;
        }
        int scheme = target.indexOf("://");
        if ((scheme != 4 && scheme != 5) || !target.regionMatches(true, 0, "https", 0, scheme)) {
            return 0;
        }
        int path = target.indexOf('/', scheme + 3);
        return path < 0 ? target.length() : path;
    }

    /** Whether a request target is one of the forward-auth endpoints. */
    public static boolean isVerify(String target) {
        int path = beginIn(target);
        return is(VERIFY, target, path) || is(VERIFY_REQUEST, target, path);
    }

    /** Whether a request target is the forward-auth endpoint for a request in headers. */
    public static boolean isVerifyRequest(String target) {
        return is(VERIFY_REQUEST, target, beginIn(target));
    }

    private static boolean is(String endpoint, String target, int path) {
        int end = path + endpoint.length();
        return target.startsWith(endpoint, path) && (target.length() == end || target.charAt(end) == '?');
    }

    /** Whether a path is a liveness or readiness probe, which is requested all the time. */
    public static boolean isProbe(String path) {
        return path.equals(LIVE) || path.equals(READY);
    }

    /** Whether a path is a page of the console, or belongs to one. */
    public static boolean isConsole(String path) {
        return path.startsWith(CONSOLE) && (path.length() == CONSOLE.length() || path.charAt(CONSOLE.length()) == '/');
    }

    /** Whether a path administers tokens; these are disabled without authentication. */
    public static boolean isTokens(String path) {
        return switch (path) {
            case INFLUX_TOKEN,
                    CREATE_OPERATOR,
                    REGENERATE_OPERATOR,
                    CREATE_NAMED,
                    ENTERPRISE_TOKEN,
                    OWN_TOKENS,
                    PURGE,
                    APPLY,
                    IMPORT,
                    LEDGER,
                    NODES,
                    BACKUP,
                    BURN,
                    CONSOLE_LINK,
                    REVOKE -> true;
            default -> path.startsWith(OWN_TOKENS + "/") || isConsole(path);
        };
    }

    /** Whether a path is public, or checks credentials itself. */
    public static boolean isOpen(String path) {
        return switch (path) {
            case CREATE_OPERATOR, BURN, INTROSPECT, REVOKE, OAUTH_METADATA -> true;
            case ROOT, API_DESCRIPTION, DOCS, DOCS_SCRIPT, DOCS_RENDERER, DOCS_STYLE -> true;
            default -> path.startsWith(OAUTH_METADATA + "/");
        };
    }

    /** The path of a token in Latchkey's own API. */
    public static String of(TokenName name) {
        return OWN_TOKENS + "/" + segment(name);
    }

    /**
     * A name as one segment of a path. Browsers and proxies resolve {@code .} and {@code ..} as folders, also percent-encoded,
     * so these follow a {@code =}, with which no other segment begins.
     */
    public static String segment(TokenName name) {
        String segment = PercentEncoding.encode(name.value());
        return isFolder(segment) ? FOLDER + segment : segment;
    }

    /** The name that is one segment of a path. */
    public static TokenName name(String segment) {
        String name = PercentEncoding.decode(segment);
        return new TokenName(segment.startsWith(FOLDER) && isFolder(name.substring(1)) ? name.substring(1) : name);
    }

    private static boolean isFolder(String segment) {
        return segment.equals(".") || segment.equals("..");
    }

    /** The path of the uses of a token over time. */
    public static String usesOf(TokenName name) {
        return of(name) + USES;
    }

    /** The path of an action on a token. */
    public static String of(TokenName name, TokenAction action) {
        return of(name) + "/" + action.path();
    }
}
