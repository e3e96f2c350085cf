/** Who may do what: states of accounts, people on cases, 回避, dated delegations, and how much of a case is restricted. */
export const access = {
  version: 4,
  sql: `
ALTER TABLE account ADD COLUMN staff_number TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('pending', 'active', 'left'));
ALTER TABLE account ADD COLUMN proposed_roles TEXT NOT NULL DEFAULT '[]';
ALTER TABLE account ADD COLUMN keys_due TEXT NOT NULL DEFAULT '[]';
ALTER TABLE account ADD COLUMN created_by TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN approved_by TEXT;
ALTER TABLE account ADD COLUMN approved_at TEXT;
ALTER TABLE account ADD COLUMN last_active_at TEXT;

ALTER TABLE case_file ADD COLUMN restricted_page_count INTEGER NOT NULL DEFAULT 0;
UPDATE case_file SET restricted_page_count = (
  SELECT count(*) FROM page
    JOIN book ON book.id = page.book_id
    JOIN volume ON volume.id = book.volume_id
  WHERE volume.case_id = case_file.id AND volume.compartment = 'restricted' AND page.withdrawn_at IS NULL
);

CREATE TABLE case_assignment (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES case_file (id),
  account_id TEXT NOT NULL REFERENCES account (id),
  kind TEXT NOT NULL CHECK (kind IN ('own', 'assigned', 'granted')),
  from_at TEXT NOT NULL,
  until_at TEXT,
  loan_id TEXT,
  made_by TEXT NOT NULL,
  made_at TEXT NOT NULL,
  ended_at TEXT
) STRICT;
CREATE INDEX case_assignment_by_account ON case_assignment (account_id, case_id);
CREATE INDEX case_assignment_by_case ON case_assignment (case_id, account_id);

CREATE TABLE recusal (
  case_id TEXT NOT NULL REFERENCES case_file (id),
  account_id TEXT NOT NULL REFERENCES account (id),
  reason TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at TEXT NOT NULL,
  PRIMARY KEY (case_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX recusal_by_account ON recusal (account_id);

CREATE TABLE delegation (
  id TEXT PRIMARY KEY,
  from_account TEXT NOT NULL REFERENCES account (id),
  to_account TEXT NOT NULL REFERENCES account (id),
  roles TEXT NOT NULL,
  from_at TEXT NOT NULL,
  until_at TEXT NOT NULL,
  reason TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at TEXT NOT NULL,
  ended_at TEXT
) STRICT;
CREATE INDEX delegation_by_receiver ON delegation (to_account);
`,
} as const
