-- application_id and user_version are written by the migrator, in the same transaction.

CREATE TABLE instance (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    id  TEXT NOT NULL CHECK (length(id) = 36)
) STRICT;

-- A random (version 4) UUID.
INSERT INTO instance (one, id)
SELECT 1, substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-4' || substr(h, 14, 3) || '-'
    || substr('89ab', 1 + (random() & 3), 1) || substr(h, 18, 3) || '-' || substr(h, 21, 12)
FROM (SELECT lower(hex(randomblob(16))) AS h);

-- The tokens that exist, expired ones included. Instants are milliseconds since 1970.
CREATE TABLE token (
    id          INTEGER PRIMARY KEY CHECK (id >= 0),
    version     INTEGER NOT NULL CHECK (version >= 1),
    name        TEXT    NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 128),
    digest      BLOB    NOT NULL UNIQUE CHECK (length(digest) = 64),
    description TEXT    NOT NULL CHECK (length(description) <= 1000),
    expires_at  INTEGER,
    created_at  INTEGER NOT NULL,
    created_by  INTEGER CHECK (created_by >= 0),
    changed_at  INTEGER,
    changed_by  INTEGER CHECK (changed_by >= 0),
    -- Names are unique, so this makes one operator, without an end.
    CHECK (substr(name, 1, 1) <> '_' OR name = '_admin'),
    CHECK (name <> '_admin' OR expires_at IS NULL),
    CHECK ((version = 1) = (changed_at IS NULL)),
    CHECK (changed_by IS NULL OR changed_at IS NOT NULL)
) STRICT;

-- Every fact, in order. A token before and after is JSON in a text, not columns, so that this table, and with it the
-- rule of the hash, stays the same while tokens grow.
CREATE TABLE ledger (
    revision     INTEGER PRIMARY KEY CHECK (revision >= 1),
    at           INTEGER NOT NULL,
    kind         TEXT    NOT NULL CHECK (kind <> ''),
    actor        TEXT    NOT NULL CHECK (actor <> ''),
    actor_id     INTEGER CHECK (actor_id >= 0),
    actor_name   TEXT    CHECK (actor_name <> ''),
    actor_digest BLOB    CHECK (length(actor_digest) = 64),
    token_id     INTEGER NOT NULL CHECK (token_id >= 0),
    before       TEXT    CHECK (json_valid(before)),
    after        TEXT    CHECK (json_valid(after)),
    previous     BLOB    NOT NULL CHECK (length(previous) = 32),
    hash         BLOB    NOT NULL CHECK (length(hash) = 32),
    CHECK (before IS NOT NULL OR after IS NOT NULL),
    CHECK ((actor_id IS NULL) = (actor_name IS NULL) AND (actor_id IS NULL) = (actor_digest IS NULL))
) STRICT;

-- The history of one token, and the highest id ever issued.
CREATE INDEX ledger_token ON ledger (token_id);
