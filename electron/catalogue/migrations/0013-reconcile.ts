/**
 * 纸电核对: checkings, the fresh scan of the paper, how the two sequences match, passes by hand, the register of
 * differences, plans, the closing note and the proofs. What tells of a page's content is sealed under the volume's
 * compartment before it comes here (columns `content`), so that the catalogue's own key does not open it.
 */
export const reconcile = {
  version: 13,
  sql: `
CREATE TABLE reconciliation (
  id TEXT PRIMARY KEY,
  volume_id TEXT NOT NULL REFERENCES volume (id),
  case_id TEXT NOT NULL REFERENCES case_file (id),
  state TEXT NOT NULL CHECK (state IN ('open', 'proven', 'abandoned')),
  started_at TEXT NOT NULL,
  started_by TEXT NOT NULL,
  ended_at TEXT,
  ended_by TEXT,
  end_reason TEXT NOT NULL DEFAULT '',
  matched_digest TEXT NOT NULL DEFAULT '',
  catalogue_given_at TEXT,
  catalogue_given_by TEXT,
  catalogue_content BLOB
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX reconciliation_open ON reconciliation (volume_id) WHERE state = 'open';
CREATE INDEX reconciliation_by_volume ON reconciliation (volume_id, started_at);
CREATE INDEX reconciliation_by_state ON reconciliation (state, started_at);

CREATE TABLE paper_scan (
  id TEXT PRIMARY KEY,
  reconciliation_id TEXT NOT NULL REFERENCES reconciliation (id),
  job_id TEXT,
  name TEXT NOT NULL,
  part INTEGER NOT NULL,
  duplex INTEGER NOT NULL DEFAULT 0,
  scanned_at TEXT NOT NULL,
  scanned_by TEXT NOT NULL,
  removed_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX paper_scan_by_reconciliation ON paper_scan (reconciliation_id);

CREATE TABLE paper_page (
  id TEXT PRIMARY KEY,
  reconciliation_id TEXT NOT NULL REFERENCES reconciliation (id),
  scan_id TEXT NOT NULL REFERENCES paper_scan (id),
  source_file_id TEXT NOT NULL REFERENCES source_file (id),
  source_frame INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
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
  turn INTEGER NOT NULL DEFAULT 0,
  printed_number TEXT NOT NULL DEFAULT '',
  side TEXT CHECK (side IN ('front', 'back')),
  kind TEXT NOT NULL DEFAULT 'content',
  with_page_id TEXT REFERENCES page (id),
  reading BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX paper_page_by_reconciliation ON paper_page (reconciliation_id, sequence);
CREATE INDEX paper_page_by_scan ON paper_page (scan_id);
CREATE INDEX paper_page_by_object ON paper_page (object_name);
CREATE INDEX paper_page_by_source ON paper_page (source_file_id);
CREATE INDEX paper_page_by_page ON paper_page (with_page_id) WHERE with_page_id IS NOT NULL;

CREATE TABLE page_match (
  id TEXT PRIMARY KEY,
  reconciliation_id TEXT NOT NULL REFERENCES reconciliation (id),
  paper_page_id TEXT REFERENCES paper_page (id),
  page_id TEXT REFERENCES page (id),
  version_id TEXT,
  kind TEXT NOT NULL,
  confidence REAL NOT NULL,
  sure INTEGER NOT NULL,
  moved INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  reasons TEXT NOT NULL,
  candidates TEXT NOT NULL,
  decided_by TEXT,
  decided_at TEXT,
  compared_at TEXT,
  change_count INTEGER,
  strongest TEXT,
  content BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX page_match_by_reconciliation ON page_match (reconciliation_id);
CREATE INDEX page_match_by_paper ON page_match (paper_page_id);
CREATE INDEX page_match_by_page ON page_match (page_id);

CREATE TABLE sheet_pass (
  id TEXT PRIMARY KEY,
  reconciliation_id TEXT NOT NULL REFERENCES reconciliation (id),
  number INTEGER NOT NULL CHECK (number IN (1, 2)),
  account_id TEXT NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT,
  UNIQUE (reconciliation_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE sheet_verdict (
  pass_id TEXT NOT NULL REFERENCES sheet_pass (id),
  page_id TEXT NOT NULL REFERENCES page (id),
  version_id TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('agrees', 'differs', 'doubtful')),
  type TEXT,
  judged_at TEXT NOT NULL,
  content BLOB,
  settled TEXT,
  settled_by TEXT,
  PRIMARY KEY (pass_id, page_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE difference (
  id TEXT PRIMARY KEY,
  year INTEGER NOT NULL,
  serial INTEGER NOT NULL,
  reconciliation_id TEXT REFERENCES reconciliation (id),
  case_id TEXT NOT NULL REFERENCES case_file (id),
  volume_id TEXT NOT NULL REFERENCES volume (id),
  compartment TEXT NOT NULL,
  identity TEXT NOT NULL,
  found_at TEXT NOT NULL,
  found_by TEXT NOT NULL,
  found_stage TEXT NOT NULL,
  methods TEXT NOT NULL,
  type TEXT NOT NULL,
  book INTEGER,
  item_id TEXT,
  paper_place TEXT NOT NULL,
  electronic_place TEXT NOT NULL,
  paper_page_id TEXT,
  page_id TEXT,
  version_id TEXT,
  match_id TEXT,
  confidence REAL NOT NULL,
  severity TEXT NOT NULL,
  severity_rule TEXT NOT NULL,
  cause TEXT,
  origin_stage TEXT,
  origin_person TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL,
  handling TEXT,
  attachment_object TEXT,
  attachment_name TEXT NOT NULL DEFAULT '',
  attachment_sha256 TEXT NOT NULL DEFAULT '',
  attachment_bytes INTEGER NOT NULL DEFAULT 0,
  judged_by TEXT,
  judged_at TEXT,
  approved_by TEXT,
  approved_at TEXT,
  approval_note TEXT NOT NULL DEFAULT '',
  handled_by TEXT,
  handled_at TEXT,
  before_digest TEXT NOT NULL DEFAULT '',
  after_digest TEXT NOT NULL DEFAULT '',
  checked_by TEXT,
  checked_at TEXT,
  check_ok INTEGER,
  check_note TEXT NOT NULL DEFAULT '',
  plan_id TEXT,
  noted INTEGER NOT NULL DEFAULT 0,
  training_measure TEXT NOT NULL DEFAULT '',
  closed_at TEXT,
  content BLOB,
  moved_content BLOB,
  UNIQUE (year, serial)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX difference_identity ON difference (reconciliation_id, identity) WHERE reconciliation_id IS NOT NULL;
CREATE INDEX difference_by_volume ON difference (volume_id, state);
CREATE INDEX difference_by_case ON difference (case_id);
CREATE INDEX difference_by_state ON difference (state, found_at);
CREATE INDEX difference_by_found ON difference (found_at);
CREATE INDEX difference_by_plan ON difference (plan_id);
CREATE INDEX difference_by_attachment ON difference (attachment_object);

CREATE TABLE settlement_plan (
  id TEXT PRIMARY KEY,
  reconciliation_id TEXT NOT NULL REFERENCES reconciliation (id),
  volume_id TEXT NOT NULL REFERENCES volume (id),
  case_id TEXT NOT NULL REFERENCES case_file (id),
  compartment TEXT NOT NULL,
  state TEXT NOT NULL,
  before_digest TEXT NOT NULL,
  after_digest TEXT NOT NULL,
  prepared_by TEXT NOT NULL,
  prepared_at TEXT NOT NULL,
  approval_id TEXT,
  approved_by TEXT,
  applied_by TEXT,
  applied_at TEXT,
  checked_by TEXT,
  checked_at TEXT,
  check_ok INTEGER,
  check_note TEXT NOT NULL DEFAULT '',
  undone_by TEXT,
  undone_at TEXT,
  undo_reason TEXT NOT NULL DEFAULT '',
  content BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX settlement_plan_by_volume ON settlement_plan (volume_id, prepared_at);
CREATE INDEX settlement_plan_by_approval ON settlement_plan (approval_id);

CREATE TABLE volume_note (
  id TEXT PRIMARY KEY,
  volume_id TEXT NOT NULL REFERENCES volume (id),
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  plan_id TEXT,
  numbers TEXT NOT NULL,
  withdrawn_at TEXT,
  content BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX volume_note_by_volume ON volume_note (volume_id, at);

CREATE TABLE volume_proof (
  id TEXT PRIMARY KEY,
  reconciliation_id TEXT NOT NULL REFERENCES reconciliation (id),
  volume_id TEXT NOT NULL REFERENCES volume (id),
  compartment TEXT NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  pages_digest TEXT NOT NULL,
  catalogue_digest TEXT NOT NULL,
  paper_digest TEXT NOT NULL,
  page_count INTEGER NOT NULL,
  difference_count INTEGER NOT NULL,
  object_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size_bytes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX volume_proof_by_volume ON volume_proof (volume_id, at);
CREATE INDEX volume_proof_by_object ON volume_proof (object_name);
`,
} as const
