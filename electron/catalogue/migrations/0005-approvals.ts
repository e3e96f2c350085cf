/** 归档, and changes after it: request, decision, execution and the second person's check. */
export const approvals = {
  version: 5,
  sql: `
ALTER TABLE case_file ADD COLUMN filed_at TEXT;
ALTER TABLE case_file ADD COLUMN filed_by TEXT;

CREATE TABLE approval (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES case_file (id),
  volume_id TEXT,
  method TEXT NOT NULL,
  input TEXT NOT NULL,
  changes TEXT NOT NULL,
  before_digest TEXT NOT NULL,
  after_digest TEXT,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  requested_by TEXT NOT NULL,
  requested_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  decided_by TEXT,
  decided_at TEXT,
  decision_note TEXT NOT NULL DEFAULT '',
  executed_by TEXT,
  executed_at TEXT,
  job_id TEXT,
  checked_by TEXT,
  checked_at TEXT,
  check_note TEXT NOT NULL DEFAULT '',
  closing_note TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX approval_by_case ON approval (case_id, id);
CREATE INDEX approval_by_state ON approval (state, id);
CREATE INDEX approval_by_requester ON approval (requested_by, id);
`,
} as const
