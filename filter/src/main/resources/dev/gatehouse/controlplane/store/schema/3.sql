-- H2 goes along an index in one direction only: without this one, the first page of the newest sorted a million entries.
CREATE UNIQUE INDEX IF NOT EXISTS gatehouse_entry_newest ON gatehouse_entry (kind, parent, place DESC);
