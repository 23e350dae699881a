-- How tokens are used over time: no part of the tokens, and not worth a wait for the disk. The number of an hour or a day
-- counts from 1970. The rows of one period lie together, so that few pages are written and old ones go at once.
CREATE TABLE use_history (
    hours    INTEGER NOT NULL CHECK (hours IN (1, 24)),
    number   INTEGER NOT NULL,
    token_id INTEGER NOT NULL,
    accepted INTEGER NOT NULL CHECK (accepted >= 0),
    expired  INTEGER NOT NULL CHECK (expired >= 0),
    disabled INTEGER NOT NULL CHECK (disabled >= 0),
    retired  INTEGER NOT NULL CHECK (retired >= 0),
    not_yet  INTEGER NOT NULL CHECK (not_yet >= 0),
    origin   INTEGER NOT NULL CHECK (origin >= 0),
    route    INTEGER NOT NULL CHECK (route >= 0),
    PRIMARY KEY (hours, number, token_id)
) STRICT, WITHOUT ROWID;
