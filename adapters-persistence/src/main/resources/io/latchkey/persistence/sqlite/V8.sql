-- The requests to guarded services for which a token is accepted, each on a line; empty in the tokens that exist, which are
-- accepted for all. The longest text is 16 routes of 512 characters, and 15 separators.
ALTER TABLE token ADD COLUMN routes TEXT
    CHECK (routes IS NULL OR (name <> '_admin' AND length(routes) BETWEEN 1 AND 8207));
