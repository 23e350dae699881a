-- The ledger without json_valid(): of NULL it is false before SQLite 3.45, so that older programs found every row wrong
-- and could not load a dump, and some are built without it. What a row says is held by the chain of hashes anyway.
ALTER TABLE ledger RENAME TO ledger_before;

CREATE TABLE ledger (
    revision     INTEGER PRIMARY KEY CHECK (revision >= 1),
    at           INTEGER NOT NULL,
    kind         TEXT    NOT NULL CHECK (kind <> ''),
    actor        TEXT    NOT NULL CHECK (actor <> ''),
    actor_id     INTEGER CHECK (actor_id >= 0),
    actor_name   TEXT    CHECK (actor_name <> ''),
    actor_digest BLOB    CHECK (length(actor_digest) = 64),
    token_id     INTEGER NOT NULL CHECK (token_id >= 0),
    before       TEXT    CHECK (substr(before, 1, 1) = '{'),
    after        TEXT    CHECK (substr(after, 1, 1) = '{'),
    previous     BLOB    NOT NULL CHECK (length(previous) = 32),
    hash         BLOB    NOT NULL CHECK (length(hash) = 32),
    CHECK (before IS NOT NULL OR after IS NOT NULL),
    CHECK ((actor_id IS NULL) = (actor_name IS NULL) AND (actor_id IS NULL) = (actor_digest IS NULL))
) STRICT;

INSERT INTO ledger (revision, at, kind, actor, actor_id, actor_name, actor_digest, token_id, before, after, previous, hash)
SELECT revision, at, kind, actor, actor_id, actor_name, actor_digest, token_id, before, after, previous, hash
FROM ledger_before ORDER BY revision;

DROP TABLE ledger_before;

CREATE INDEX ledger_token ON ledger (token_id);
