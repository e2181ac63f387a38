-- Every statement may have been done already: a database that commits each one by itself can stop between two of them.
CREATE TABLE IF NOT EXISTS gatehouse_entry (
  kind VARCHAR(32) NOT NULL,
  parent VARCHAR(256) NOT NULL,
  id VARCHAR(512) NOT NULL,
  lookup VARCHAR(512),
  version BIGINT NOT NULL,
  place BIGINT NOT NULL,
  json_text TEXT NOT NULL,
  PRIMARY KEY (kind, parent, id)
);

-- Pages go along this one, in both directions.
CREATE UNIQUE INDEX IF NOT EXISTS gatehouse_entry_place ON gatehouse_entry (kind, parent, place);

CREATE UNIQUE INDEX IF NOT EXISTS gatehouse_entry_lookup ON gatehouse_entry (kind, lookup);

-- One row, which every writer holds while it writes.
CREATE TABLE IF NOT EXISTS gatehouse_state (
  id INTEGER PRIMARY KEY,
  revision BIGINT NOT NULL,
  last_place BIGINT NOT NULL
);

INSERT INTO gatehouse_state (id, revision, last_place)
SELECT 1, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM gatehouse_state);
