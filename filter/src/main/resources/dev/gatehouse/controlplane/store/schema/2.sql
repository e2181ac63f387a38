-- The kind begins with the region. What was there before regions were told apart belongs to the default one.
ALTER TABLE gatehouse_entry ALTER COLUMN kind SET DATA TYPE VARCHAR(64);

UPDATE gatehouse_entry SET kind = 'us-east-1/' || kind WHERE kind NOT LIKE '%/%' AND kind <> 'region';

INSERT INTO gatehouse_entry (kind, parent, id, lookup, version, place, json_text)
SELECT 'region', '', 'us-east-1', NULL, 1, 1, '{}' WHERE EXISTS (SELECT 1 FROM gatehouse_entry)
AND NOT EXISTS (SELECT 1 FROM gatehouse_entry WHERE kind = 'region' AND id = 'us-east-1');
