/**
 * The audit log in full (domain.md §7): who as what, on which machine, on what, with digests and reasons; signed
 * heads; the end of the log, so that a cut is seen; rules and alarms. Records of format 1 keep their hash.
 */
export const audit = {
  version: 3,
  sql: `
ALTER TABLE audit_record ADD COLUMN format INTEGER NOT NULL DEFAULT 1;
ALTER TABLE audit_record ADD COLUMN role TEXT;
ALTER TABLE audit_record ADD COLUMN machine TEXT;
ALTER TABLE audit_record ADD COLUMN os_user TEXT;
ALTER TABLE audit_record ADD COLUMN case_number TEXT;
ALTER TABLE audit_record ADD COLUMN archive_number TEXT;
ALTER TABLE audit_record ADD COLUMN page TEXT;
ALTER TABLE audit_record ADD COLUMN before_digest TEXT;
ALTER TABLE audit_record ADD COLUMN after_digest TEXT;
ALTER TABLE audit_record ADD COLUMN reason TEXT;
ALTER TABLE audit_record ADD COLUMN approval_id TEXT;
CREATE INDEX audit_record_by_account ON audit_record (account_id, sequence);
CREATE INDEX audit_record_by_action ON audit_record (action, sequence);
CREATE INDEX audit_record_by_time ON audit_record (at);
CREATE INDEX audit_record_by_case ON audit_record (case_number, sequence) WHERE case_number IS NOT NULL;
CREATE INDEX audit_record_by_subject ON audit_record (subject, sequence) WHERE subject <> '';

CREATE TABLE audit_tail (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  sequence INTEGER NOT NULL,
  hash BLOB NOT NULL
) STRICT;
INSERT INTO audit_tail SELECT 1, sequence, hash FROM audit_record ORDER BY sequence DESC LIMIT 1;

CREATE TABLE audit_head (
  number INTEGER PRIMARY KEY,
  sequence INTEGER NOT NULL,
  line TEXT NOT NULL
) STRICT;
CREATE INDEX audit_head_by_sequence ON audit_head (sequence);

CREATE TABLE alarm_rule (
  rule TEXT PRIMARY KEY,
  enabled INTEGER NOT NULL,
  thresholds TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  changed_by TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE alarm (
  id TEXT PRIMARY KEY,
  rule TEXT NOT NULL,
  raised_at TEXT NOT NULL,
  account_id TEXT,
  what TEXT NOT NULL,
  records TEXT NOT NULL,
  closed_at TEXT,
  closed_by TEXT,
  note TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX alarm_by_state ON alarm (closed_at, id);
`,
} as const
