-- What was told of the tokens: of their changes, all up to a revision.
CREATE TABLE notice (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    revision INTEGER NOT NULL CHECK (revision >= 0),
    since    INTEGER NOT NULL
) STRICT;

-- And of the end of each, the last.
CREATE TABLE end_notice (
    token_id   INTEGER PRIMARY KEY REFERENCES token (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL,
    kind       TEXT    NOT NULL CHECK (kind IN ('expiring', 'expired'))
) STRICT;
