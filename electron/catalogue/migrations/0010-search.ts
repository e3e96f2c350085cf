/**
 * The search key of a case: (year − 1900) in 8 bits, then a count within the year in 27, so that keys sort newest
 * first and, with 17 bits more, name a place in an index. Catalogue rows get such places; the index itself is
 * filled anew on opening (search-index.ts), since it follows the rules of the program, not of a version.
 * A case whose year changes gets another key: text shelves, which are files of their own, follow by search_move.
 */
export const search = {
  version: 10,
  sql: `
DROP TABLE search_index;
DROP TABLE search_entry;

CREATE TABLE search_year (
  year INTEGER PRIMARY KEY,
  last INTEGER NOT NULL
) STRICT;

CREATE TABLE search_move (
  sequence INTEGER PRIMARY KEY,
  case_id TEXT NOT NULL,
  from_key INTEGER NOT NULL,
  to_key INTEGER NOT NULL
) STRICT;

ALTER TABLE case_file ADD COLUMN search_key INTEGER;
ALTER TABLE case_file ADD COLUMN search_digest INTEGER NOT NULL DEFAULT 0;
ALTER TABLE item ADD COLUMN search_id INTEGER;
ALTER TABLE item ADD COLUMN search_digest INTEGER NOT NULL DEFAULT 0;

UPDATE case_file SET search_key = counted.key FROM (
  SELECT id, (slot << 27) | row_number() OVER (PARTITION BY slot ORDER BY id) AS key FROM (
    SELECT id, min(max(coalesce(year, 1900) - 1900, 0), 255) AS slot FROM case_file)
) AS counted WHERE counted.id = case_file.id;
INSERT INTO search_year SELECT search_key >> 27, max(search_key & 134217727) FROM case_file GROUP BY 1;

UPDATE item SET search_id = placed.id FROM (
  SELECT item.id AS item_id, (c.search_key << 17) | (65536 * (v.compartment = 'restricted'))
    | row_number() OVER (PARTITION BY c.id, v.compartment ORDER BY item.id) AS id
  FROM item JOIN book ON book.id = item.book_id JOIN volume v ON v.id = book.volume_id
    JOIN case_file c ON c.id = v.case_id
) AS placed WHERE placed.item_id = item.id;

CREATE UNIQUE INDEX case_file_by_search ON case_file (search_key);
CREATE INDEX case_file_by_type ON case_file (type_text, search_key);
CREATE INDEX case_file_by_retention ON case_file (retention, search_key);
CREATE UNIQUE INDEX item_by_search ON item (search_id);

CREATE VIRTUAL TABLE search_index USING fts5 (
  number, cause, party, handler, dates, initials, item,
  tokenize = 'ascii', content = '', contentless_delete = 1, prefix = '1 3 4 5'
);
INSERT INTO search_index (search_index, rank) VALUES ('pgsz', 3900);

CREATE TABLE saved_search (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  name TEXT NOT NULL,
  question TEXT NOT NULL,
  UNIQUE (account_id, name)
) STRICT, WITHOUT ROWID;
`,
} as const
