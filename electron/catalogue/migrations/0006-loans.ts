/** 借阅: the register of loans with the pages that an electronic one lays open, and the register of printed and exported pages. */
export const loans = {
  version: 6,
  sql: `
CREATE TABLE loan (
  id TEXT PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN
    ('requested', 'second-approval', 'approved', 'lent', 'returned', 'closed', 'refused', 'withdrawn')),
  requested_at TEXT NOT NULL,
  requested_by TEXT NOT NULL REFERENCES account (id),
  unit TEXT NOT NULL,
  borrower_name TEXT NOT NULL,
  borrower_account TEXT REFERENCES account (id),
  identity TEXT NOT NULL,
  case_id TEXT REFERENCES case_file (id),
  case_number TEXT NOT NULL,
  extent TEXT NOT NULL,
  purpose TEXT NOT NULL,
  manners TEXT NOT NULL,
  needs_second INTEGER NOT NULL,
  approved_by TEXT REFERENCES account (id),
  approved_at TEXT,
  second_approved_by TEXT REFERENCES account (id),
  second_approved_at TEXT,
  reason TEXT NOT NULL DEFAULT '',
  handed_out_by TEXT REFERENCES account (id),
  handed_out_at TEXT,
  page_count INTEGER NOT NULL DEFAULT 0,
  until_at TEXT NOT NULL,
  renewals INTEGER NOT NULL DEFAULT 0,
  returned_at TEXT,
  taken_back_by TEXT REFERENCES account (id),
  counted_pages INTEGER,
  return_note TEXT NOT NULL DEFAULT '',
  effect TEXT NOT NULL DEFAULT '',
  closed_at TEXT
) STRICT;
CREATE INDEX loan_by_state ON loan (state, until_at);
CREATE INDEX loan_by_case ON loan (case_id);
CREATE INDEX loan_by_borrower ON loan (borrower_account);

CREATE TABLE loan_page (
  loan_id TEXT NOT NULL REFERENCES loan (id),
  page_id TEXT NOT NULL REFERENCES page (id),
  PRIMARY KEY (loan_id, page_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX loan_page_by_page ON loan_page (page_id, loan_id);

CREATE TABLE page_output (
  id TEXT PRIMARY KEY,
  job_number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('export', 'print')),
  account_id TEXT NOT NULL REFERENCES account (id),
  case_id TEXT NOT NULL REFERENCES case_file (id),
  volume_id TEXT NOT NULL REFERENCES volume (id),
  loan_id TEXT REFERENCES loan (id),
  pages TEXT NOT NULL,
  page_count INTEGER NOT NULL,
  copies INTEGER NOT NULL,
  purpose TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX page_output_by_time ON page_output (at);
CREATE INDEX page_output_by_account ON page_output (account_id, at);
`,
} as const
