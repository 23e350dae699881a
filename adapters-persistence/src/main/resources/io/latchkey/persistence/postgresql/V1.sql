-- The tables of a store in PostgreSQL. They mean what the tables of an SQLite file mean, column by column, so that the same
-- statements and the same hashes of the ledger serve both. Instants are milliseconds since 1970.

CREATE TABLE instance (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    id  TEXT NOT NULL CHECK (length(id) = 36)
);

INSERT INTO instance (one, id) VALUES (1, gen_random_uuid()::text);

-- The tokens that exist, expired ones included.
CREATE TABLE token (
    id              BIGINT  PRIMARY KEY CHECK (id >= 0),
    version         BIGINT  NOT NULL CHECK (version >= 1),
    name            TEXT    NOT NULL CONSTRAINT token_name UNIQUE CHECK (length(name) BETWEEN 1 AND 128),
    digest          BYTEA   NOT NULL CONSTRAINT token_digest UNIQUE CHECK (length(digest) = 64),
    description     TEXT    NOT NULL CHECK (length(description) <= 1000),
    expires_at      BIGINT,
    created_at      BIGINT  NOT NULL,
    created_by      BIGINT  CHECK (created_by >= 0),
    changed_at      BIGINT,
    changed_by      BIGINT  CHECK (changed_by >= 0),
    generation      INTEGER NOT NULL DEFAULT 1 CHECK (generation >= 1),
    disabled_at     BIGINT  CHECK (disabled_at IS NULL OR name <> '_admin'),
    disabled_reason TEXT    CHECK (length(disabled_reason) <= 1000),
    rotation_key    TEXT    CHECK (length(rotation_key) = 64),
    rotated_at      BIGINT,
    permissions     TEXT    CHECK (permissions IS NULL OR (name <> '_admin' AND length(permissions) <= 4160)),
    origins         TEXT    CHECK (origins IS NULL OR (name <> '_admin' AND length(origins) BETWEEN 1 AND 800)),
    not_before      BIGINT  CHECK (not_before IS NULL OR name <> '_admin'),
    owner           TEXT    CHECK (owner IS NULL OR (name <> '_admin' AND length(owner) BETWEEN 1 AND 200)),
    labels          TEXT    CHECK (labels IS NULL OR (name <> '_admin' AND length(labels) BETWEEN 1 AND 4300)),
    routes          TEXT    CHECK (routes IS NULL OR (name <> '_admin' AND length(routes) BETWEEN 1 AND 8207)),
    -- Names are unique, so this makes one operator, without an end.
    CHECK (substr(name, 1, 1) <> '_' OR name = '_admin'),
    CHECK (name <> '_admin' OR expires_at IS NULL),
    CHECK ((version = 1) = (changed_at IS NULL)),
    CHECK (changed_by IS NULL OR changed_at IS NOT NULL),
    CHECK ((disabled_reason IS NULL) = (disabled_at IS NULL)),
    CHECK ((rotated_at IS NULL) = (rotation_key IS NULL))
);

-- The secrets that tokens had before the one they have, the newest of each at place 0.
CREATE TABLE former_secret (
    token_id    BIGINT  NOT NULL REFERENCES token (id) ON DELETE CASCADE,
    place       INTEGER NOT NULL CHECK (place >= 0),
    generation  INTEGER NOT NULL CHECK (generation >= 1),
    digest      BYTEA   NOT NULL CONSTRAINT former_secret_digest UNIQUE CHECK (length(digest) = 64),
    valid_until BIGINT,
    alarmed_at  BIGINT,
    PRIMARY KEY (token_id, place)
);

-- Every fact, in order. The hash of a row is unique as a predecessor, so that no fork can be written.
CREATE TABLE ledger (
    revision     BIGINT PRIMARY KEY CHECK (revision >= 1),
    at           BIGINT NOT NULL,
    kind         TEXT   NOT NULL CHECK (kind <> ''),
    actor        TEXT   NOT NULL CHECK (actor <> ''),
    actor_id     BIGINT CHECK (actor_id >= 0),
    actor_name   TEXT   CHECK (actor_name <> ''),
    actor_digest BYTEA  CHECK (length(actor_digest) = 64),
    token_id     BIGINT NOT NULL CHECK (token_id >= 0),
    before       TEXT   CHECK (substr(before, 1, 1) = '{'),
    after        TEXT   CHECK (substr(after, 1, 1) = '{'),
    previous     BYTEA  NOT NULL CONSTRAINT ledger_previous UNIQUE CHECK (length(previous) = 32),
    hash         BYTEA  NOT NULL CHECK (length(hash) = 32),
    CHECK (before IS NOT NULL OR after IS NOT NULL),
    CHECK ((actor_id IS NULL) = (actor_name IS NULL) AND (actor_id IS NULL) = (actor_digest IS NULL))
);

-- The history of one token, and the highest id ever issued.
CREATE INDEX ledger_token ON ledger (token_id, revision);

-- The newest entry of the ledger. A writer locks this row first, so that the order of revisions is the order of commits.
-- The epoch counts how often somebody accepted a ledger that had lost entries; lost_revision is set while it has, and
-- nobody has accepted that. Its hash is empty while the ledger is.
CREATE TABLE ledger_head (
    one           INTEGER PRIMARY KEY CHECK (one = 1),
    schema        INTEGER NOT NULL CHECK (schema >= 1),
    epoch         BIGINT  NOT NULL CHECK (epoch >= 1),
    revision      BIGINT  NOT NULL CHECK (revision >= 0),
    hash          BYTEA   NOT NULL,
    lost_revision BIGINT
);

INSERT INTO ledger_head (one, schema, epoch, revision, hash) VALUES (1, 1, 1, 0, '');

-- Which transactions were committed, for a writer that did not get the answer to its COMMIT.
CREATE TABLE ledger_commit (
    revision BIGINT PRIMARY KEY,
    nonce    UUID   NOT NULL CONSTRAINT ledger_commit_nonce UNIQUE
);

-- The processes that give verdicts, each with the revision up to which it has applied all entries.
CREATE TABLE node (
    id               UUID   PRIMARY KEY,
    name             TEXT   NOT NULL CHECK (length(name) BETWEEN 1 AND 300),
    version          TEXT   NOT NULL,
    epoch            BIGINT NOT NULL,
    applied_revision BIGINT NOT NULL,
    started_at       TIMESTAMPTZ NOT NULL,
    seen_at          TIMESTAMPTZ NOT NULL
);

-- How the secrets of tokens were used: no part of the tokens.
CREATE TABLE token_use (
    token_id     BIGINT  NOT NULL REFERENCES token (id) ON DELETE CASCADE,
    generation   INTEGER NOT NULL CHECK (generation >= 1),
    last_used_at BIGINT  NOT NULL,
    peer         TEXT    CHECK (peer <> ''),
    count        BIGINT  NOT NULL CHECK (count >= 1),
    PRIMARY KEY (token_id, generation)
);

-- How tokens are used over time. The number of an hour or a day counts from 1970.
CREATE TABLE use_history (
    hours    INTEGER NOT NULL CHECK (hours IN (1, 24)),
    number   BIGINT  NOT NULL,
    token_id BIGINT  NOT NULL,
    accepted BIGINT  NOT NULL CHECK (accepted >= 0),
    expired  BIGINT  NOT NULL CHECK (expired >= 0),
    disabled BIGINT  NOT NULL CHECK (disabled >= 0),
    retired  BIGINT  NOT NULL CHECK (retired >= 0),
    not_yet  BIGINT  NOT NULL CHECK (not_yet >= 0),
    origin   BIGINT  NOT NULL CHECK (origin >= 0),
    route    BIGINT  NOT NULL CHECK (route >= 0),
    PRIMARY KEY (hours, number, token_id)
);

-- What was told of the tokens: of their changes, all up to a revision, but for those in owed_notice.
CREATE TABLE notice (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    revision BIGINT NOT NULL CHECK (revision >= 0),
    since    BIGINT NOT NULL,
    alarms   BIGINT NOT NULL DEFAULT 0 CHECK (alarms >= 0)
);

CREATE TABLE owed_notice (revision BIGINT PRIMARY KEY);

-- And of the end of each, the last.
CREATE TABLE end_notice (
    token_id   BIGINT PRIMARY KEY REFERENCES token (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL,
    kind       TEXT   NOT NULL CHECK (kind IN ('expiring', 'expired'))
);

-- The digest of the code with which an owner of this database signs in to the console of a server.
CREATE TABLE owner_code (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    digest     BYTEA   NOT NULL CHECK (length(digest) = 64),
    ends_at    BIGINT  NOT NULL,
    local_user TEXT
);

-- Which process may deliver notifications, and until when.
CREATE TABLE delivery_turn (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    number BIGINT NOT NULL CHECK (number >= 0),
    until  BIGINT NOT NULL
);

INSERT INTO delivery_turn (one, number, until) VALUES (1, 0, 0);
