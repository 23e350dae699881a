-- Changes are not told in their order: alarms come first, and one that is not taken holds up no other token's.
-- Up to this revision all alarms were told that are not owed.
ALTER TABLE notice ADD COLUMN alarms INTEGER NOT NULL DEFAULT 0 CHECK (alarms >= 0);
UPDATE notice SET alarms = revision;

-- What is still to be told, though something later was.
CREATE TABLE owed_notice (revision INTEGER PRIMARY KEY) STRICT;
