-- Resource tokens, and where, when and for whom tokens are. All of it is empty in the tokens that exist: admin tokens.
-- The permissions are separated by spaces; a token with an empty text has none. Networks are separated by spaces, too, and
-- each label is on a line. The longest texts are 64 permissions of 4096 characters and 64 separators, 16 networks, and 16
-- labels of 63 and 200 characters.
ALTER TABLE token ADD COLUMN permissions TEXT
    CHECK (permissions IS NULL OR (name <> '_admin' AND length(permissions) <= 4160));
ALTER TABLE token ADD COLUMN origins TEXT
    CHECK (origins IS NULL OR (name <> '_admin' AND length(origins) BETWEEN 1 AND 800));
ALTER TABLE token ADD COLUMN not_before INTEGER
    CHECK (not_before IS NULL OR name <> '_admin');
ALTER TABLE token ADD COLUMN owner TEXT
    CHECK (owner IS NULL OR (name <> '_admin' AND length(owner) BETWEEN 1 AND 200));
ALTER TABLE token ADD COLUMN labels TEXT
    CHECK (labels IS NULL OR (name <> '_admin' AND length(labels) BETWEEN 1 AND 4300));
