-- How the secrets of tokens were used: no part of the tokens, and not worth a wait for the disk.
CREATE TABLE token_use (
    token_id     INTEGER NOT NULL REFERENCES token (id) ON DELETE CASCADE,
    generation   INTEGER NOT NULL CHECK (generation >= 1),
    last_used_at INTEGER NOT NULL,
    peer         TEXT CHECK (peer <> ''),
    count        INTEGER NOT NULL CHECK (count >= 1),
    PRIMARY KEY (token_id, generation)
) STRICT, WITHOUT ROWID;
