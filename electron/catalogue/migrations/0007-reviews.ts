/** 权限复核: each quarter's look at every right, line by line, and its signature. */
export const reviews = {
  version: 7,
  sql: `
CREATE TABLE right_review (
  id TEXT PRIMARY KEY,
  period TEXT NOT NULL UNIQUE,
  started_by TEXT NOT NULL,
  started_at TEXT NOT NULL,
  finished_by TEXT,
  finished_at TEXT,
  digest TEXT,
  signature TEXT,
  public_key TEXT
) STRICT;

CREATE TABLE right_review_line (
  id TEXT PRIMARY KEY,
  review_id TEXT NOT NULL REFERENCES right_review (id),
  sequence INTEGER NOT NULL,
  account_id TEXT NOT NULL,
  role TEXT NOT NULL,
  facts TEXT NOT NULL,
  verdict TEXT CHECK (verdict IN ('confirm', 'revoke')),
  note TEXT NOT NULL DEFAULT '',
  decided_by TEXT,
  decided_at TEXT,
  UNIQUE (review_id, sequence)
) STRICT;
`,
} as const
