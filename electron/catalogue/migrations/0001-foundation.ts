/** Case → volume → book → item → page → page version, with what the room needs around them. */
export const foundation = {
  version: 1,
  sql: `
CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  display_name TEXT NOT NULL,
  roles TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE case_file (
  id TEXT PRIMARY KEY,
  number_raw TEXT NOT NULL,
  number TEXT NOT NULL,
  number_unique TEXT NOT NULL UNIQUE,
  number_sort TEXT NOT NULL,
  number_tail TEXT NOT NULL,
  number_file_safe TEXT NOT NULL,
  scheme TEXT NOT NULL,
  year INTEGER,
  court TEXT NOT NULL,
  type_text TEXT NOT NULL,
  cause TEXT NOT NULL,
  handler TEXT NOT NULL,
  title TEXT NOT NULL,
  filter_text TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('open', 'filed')),
  retention TEXT,
  secrecy TEXT NOT NULL,
  accepted_on TEXT,
  closed_on TEXT,
  page_count INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX case_file_by_sort ON case_file (number_sort, id);
CREATE INDEX case_file_by_number ON case_file (number);
CREATE INDEX case_file_by_tail ON case_file (number_tail);
CREATE INDEX case_file_by_cause ON case_file (cause, number_sort);
CREATE INDEX case_file_by_handler ON case_file (handler, number_sort);
CREATE INDEX case_file_by_accepted ON case_file (accepted_on, number_sort);
CREATE INDEX case_file_by_closed ON case_file (closed_on, number_sort);
CREATE INDEX case_file_by_pages ON case_file (page_count, number_sort);
CREATE INDEX case_file_by_update ON case_file (updated_at, number_sort);
CREATE INDEX case_file_by_year ON case_file (year, type_text);

CREATE TABLE case_party (
  case_id TEXT NOT NULL REFERENCES case_file (id),
  sequence INTEGER NOT NULL,
  role TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (case_id, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE volume (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES case_file (id),
  kind TEXT NOT NULL,
  compartment TEXT NOT NULL CHECK (compartment IN ('open', 'restricted')),
  sequence INTEGER NOT NULL,
  template_id TEXT,
  template_version INTEGER,
  UNIQUE (case_id, sequence)
) STRICT;

CREATE TABLE book (
  id TEXT PRIMARY KEY,
  volume_id TEXT NOT NULL REFERENCES volume (id),
  sequence INTEGER NOT NULL,
  title TEXT NOT NULL,
  UNIQUE (volume_id, sequence)
) STRICT;

CREATE TABLE item (
  id TEXT PRIMARY KEY,
  book_id TEXT NOT NULL REFERENCES book (id),
  sequence INTEGER NOT NULL,
  template_row INTEGER,
  template_row_title TEXT,
  title TEXT NOT NULL,
  document_number TEXT NOT NULL,
  responsible TEXT NOT NULL,
  date TEXT NOT NULL,
  first_printed TEXT NOT NULL,
  last_printed TEXT NOT NULL,
  remark TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX item_by_book ON item (book_id, sequence);

CREATE TABLE source_file (
  id TEXT PRIMARY KEY,
  volume_id TEXT NOT NULL REFERENCES volume (id),
  compartment TEXT NOT NULL,
  object_name TEXT NOT NULL,
  name TEXT NOT NULL,
  format TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  frame_count INTEGER NOT NULL,
  remarks TEXT NOT NULL,
  job_id TEXT,
  imported_at TEXT NOT NULL,
  imported_by TEXT NOT NULL
) STRICT;
CREATE INDEX source_file_by_content ON source_file (sha256, volume_id);
CREATE INDEX source_file_by_volume ON source_file (volume_id);
CREATE INDEX source_file_by_job ON source_file (job_id);
CREATE INDEX source_file_by_object ON source_file (object_name);

CREATE TABLE page (
  id TEXT PRIMARY KEY,
  book_id TEXT NOT NULL REFERENCES book (id),
  item_id TEXT REFERENCES item (id),
  position INTEGER NOT NULL,
  sheet INTEGER,
  side TEXT,
  printed_number TEXT NOT NULL,
  kind TEXT NOT NULL,
  current_version_id TEXT NOT NULL,
  withdrawn_at TEXT
) STRICT;
CREATE INDEX page_by_book ON page (book_id, position);
CREATE INDEX page_by_item ON page (item_id, position);

CREATE TABLE page_version (
  id TEXT PRIMARY KEY,
  page_id TEXT NOT NULL REFERENCES page (id) DEFERRABLE INITIALLY DEFERRED,
  number INTEGER NOT NULL,
  source_file_id TEXT NOT NULL REFERENCES source_file (id),
  source_frame INTEGER NOT NULL,
  compartment TEXT NOT NULL,
  object_name TEXT NOT NULL,
  format TEXT NOT NULL,
  width_pixels INTEGER NOT NULL,
  height_pixels INTEGER NOT NULL,
  dpi_x REAL,
  dpi_y REAL,
  colour_mode TEXT NOT NULL,
  bit_depth INTEGER NOT NULL,
  size_bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  archival_name TEXT NOT NULL,
  reason TEXT NOT NULL,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  UNIQUE (page_id, number)
) STRICT;
CREATE INDEX page_version_by_object ON page_version (object_name);
CREATE INDEX page_version_by_source ON page_version (source_file_id);

CREATE TABLE catalogue_template (
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  body TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE saved_view (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  name TEXT NOT NULL,
  definition TEXT NOT NULL,
  UNIQUE (account_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
  account_id TEXT NOT NULL,
  key TEXT NOT NULL,
  sealed BLOB NOT NULL,
  saved_at TEXT NOT NULL,
  PRIMARY KEY (account_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE job (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  input TEXT NOT NULL,
  state TEXT NOT NULL,
  case_id TEXT,
  progress TEXT NOT NULL,
  error TEXT,
  started_by TEXT NOT NULL,
  created_at TEXT NOT NULL,
  started_at TEXT,
  finished_at TEXT
) STRICT;

CREATE TABLE job_outcome (
  job_id TEXT NOT NULL REFERENCES job (id),
  sequence INTEGER NOT NULL,
  unit_key TEXT NOT NULL,
  subject TEXT NOT NULL,
  outcome TEXT NOT NULL,
  code TEXT,
  details TEXT NOT NULL,
  page_count INTEGER NOT NULL,
  PRIMARY KEY (job_id, sequence)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX job_outcome_by_unit ON job_outcome (job_id, unit_key);

CREATE TABLE audit_record (
  sequence INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  action TEXT NOT NULL,
  account_id TEXT,
  session_id TEXT,
  subject TEXT NOT NULL,
  result TEXT NOT NULL,
  code TEXT,
  details TEXT NOT NULL,
  previous_hash BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT;

CREATE TABLE search_entry (
  id INTEGER PRIMARY KEY,
  case_id TEXT NOT NULL,
  volume_id TEXT,
  item_id TEXT,
  compartment TEXT NOT NULL,
  field TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX search_entry_by_case ON search_entry (case_id, field);
CREATE INDEX search_entry_by_item ON search_entry (item_id);
CREATE VIRTUAL TABLE search_index USING fts5 (
  tokens, tokenize = 'ascii', content = '', contentless_delete = 1
);
INSERT INTO search_index (search_index, rank) VALUES ('pgsz', 3900);
`,
} as const
