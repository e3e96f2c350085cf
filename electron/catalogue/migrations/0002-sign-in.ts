/** Passwords in use and before, used one-time codes, and how far the sign-in journal has been read. */
export const signIn = {
  version: 2,
  sql: `
CREATE TABLE password_state (
  account_id TEXT PRIMARY KEY,
  slot_version INTEGER NOT NULL,
  set_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE password_history (
  account_id TEXT NOT NULL,
  slot_version INTEGER NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (account_id, slot_version)
) STRICT, WITHOUT ROWID;

CREATE TABLE one_time_code (
  account_id TEXT PRIMARY KEY,
  last_step INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sign_in_journal (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  size_bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  line_count INTEGER NOT NULL
) STRICT;
`,
} as const
