-- Tokens that rest, and tokens with more than one secret.

ALTER TABLE token ADD COLUMN generation INTEGER NOT NULL DEFAULT 1 CHECK (generation >= 1);

ALTER TABLE token ADD COLUMN disabled_at INTEGER CHECK (name <> '_admin' OR disabled_at IS NULL);

ALTER TABLE token ADD COLUMN disabled_reason TEXT CHECK (
    length(disabled_reason) <= 1000 AND (disabled_reason IS NULL) = (disabled_at IS NULL)
);

-- The last rotation that came with a key.
ALTER TABLE token ADD COLUMN rotation_key TEXT CHECK (length(rotation_key) = 64);

ALTER TABLE token ADD COLUMN rotated_at INTEGER CHECK ((rotated_at IS NULL) = (rotation_key IS NULL));

-- The secrets that tokens had before the one they have, the newest of each at place 0.
CREATE TABLE former_secret (
    token_id    INTEGER NOT NULL REFERENCES token (id) ON DELETE CASCADE,
    place       INTEGER NOT NULL CHECK (place >= 0),
    generation  INTEGER NOT NULL CHECK (generation >= 1),
    digest      BLOB    NOT NULL UNIQUE CHECK (length(digest) = 64),
    valid_until INTEGER,
    alarmed_at  INTEGER,
    PRIMARY KEY (token_id, place)
) STRICT, WITHOUT ROWID;
