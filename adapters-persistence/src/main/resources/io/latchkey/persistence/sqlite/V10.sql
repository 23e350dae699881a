-- Which process may deliver notifications, and until when: of servers with the same file, one does.
CREATE TABLE delivery_turn (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    number INTEGER NOT NULL CHECK (number >= 0),
    until  INTEGER NOT NULL
) STRICT;

INSERT INTO delivery_turn (one, number, until) VALUES (1, 0, 0);
