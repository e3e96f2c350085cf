/**
 * 备份: the media and what happened to them, what was written to each, how it was found when it was read again, the
 * regular duties, the drills, and what is left to do. None of it tells anything of a case but its number.
 */
export const backup = {
  version: 14,
  sql: `
CREATE TABLE backup_medium (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  set_letter TEXT NOT NULL CHECK (set_letter IN ('A', 'B', 'C')),
  state TEXT NOT NULL,
  model TEXT NOT NULL,
  serial TEXT NOT NULL,
  volume_serial TEXT NOT NULL DEFAULT '',
  capacity_bytes INTEGER,
  secrecy TEXT NOT NULL,
  place TEXT NOT NULL,
  folder TEXT NOT NULL,
  set_id TEXT NOT NULL UNIQUE,
  registered_at TEXT NOT NULL,
  last_seen_at TEXT,
  inspected_at TEXT,
  smart TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE backup_medium_event (
  sequence INTEGER PRIMARY KEY,
  medium_id TEXT NOT NULL REFERENCES backup_medium (id),
  event TEXT NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  from_place TEXT NOT NULL,
  to_place TEXT NOT NULL,
  counterpart TEXT NOT NULL,
  sampled INTEGER,
  unreadable INTEGER,
  smart TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX backup_medium_event_by_medium ON backup_medium_event (medium_id, sequence);

CREATE TABLE backup_snapshot (
  id TEXT PRIMARY KEY,
  medium_id TEXT NOT NULL REFERENCES backup_medium (id),
  created_at TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('incremental', 'full')),
  cases INTEGER NOT NULL,
  volumes INTEGER NOT NULL,
  pages INTEGER NOT NULL,
  objects INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  bytes_written INTEGER NOT NULL,
  first_case TEXT NOT NULL,
  last_case TEXT NOT NULL,
  objects_sha256 TEXT NOT NULL,
  snapshot_sha256 TEXT NOT NULL,
  missing INTEGER NOT NULL,
  by TEXT NOT NULL,
  verified_at TEXT,
  verified_by TEXT,
  verify_result TEXT NOT NULL CHECK (verify_result IN ('sound', 'damaged', 'not-yet')),
  pruned_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX backup_snapshot_by_medium ON backup_snapshot (medium_id, created_at);
CREATE INDEX backup_snapshot_by_verified ON backup_snapshot (verified_at);

CREATE TABLE backup_check (
  sequence INTEGER PRIMARY KEY,
  medium_id TEXT NOT NULL REFERENCES backup_medium (id),
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  depth TEXT NOT NULL CHECK (depth IN ('quick', 'full')),
  snapshots INTEGER NOT NULL,
  objects INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  past_cache INTEGER NOT NULL,
  unneeded INTEGER NOT NULL
) STRICT;
CREATE INDEX backup_check_by_medium ON backup_check (medium_id, sequence);

CREATE TABLE backup_check_problem (
  check_sequence INTEGER NOT NULL REFERENCES backup_check (sequence),
  place INTEGER NOT NULL,
  file TEXT NOT NULL,
  reason TEXT NOT NULL,
  snapshots TEXT NOT NULL,
  repairable INTEGER NOT NULL,
  PRIMARY KEY (check_sequence, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE backup_duty (
  kind TEXT PRIMARY KEY,
  every_days INTEGER NOT NULL,
  active INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE backup_task (
  id TEXT PRIMARY KEY,
  opened_at TEXT NOT NULL,
  origin TEXT NOT NULL,
  subject TEXT NOT NULL,
  details TEXT NOT NULL,
  closed_at TEXT,
  closed_by TEXT,
  remedy TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX backup_task_open ON backup_task (origin, subject) WHERE closed_at IS NULL;

CREATE TABLE restore_drill (
  id TEXT PRIMARY KEY,
  year INTEGER NOT NULL,
  serial INTEGER NOT NULL,
  scenario TEXT NOT NULL,
  medium_id TEXT NOT NULL REFERENCES backup_medium (id),
  medium_number TEXT NOT NULL,
  snapshot_id TEXT NOT NULL,
  machine TEXT NOT NULL,
  way TEXT NOT NULL CHECK (way IN ('password', 'shares')),
  sample INTEGER,
  started_at TEXT NOT NULL,
  ended_at TEXT NOT NULL,
  rto_target_minutes INTEGER NOT NULL,
  rto_minutes REAL NOT NULL,
  rpo_target_hours INTEGER NOT NULL,
  rpo_hours REAL NOT NULL,
  points TEXT NOT NULL,
  passed INTEGER NOT NULL,
  by TEXT NOT NULL,
  participants TEXT NOT NULL,
  conclusion TEXT NOT NULL DEFAULT '',
  approved_by TEXT,
  approved_at TEXT,
  signature TEXT NOT NULL,
  public_key TEXT NOT NULL,
  UNIQUE (year, serial)
) STRICT, WITHOUT ROWID;
CREATE INDEX restore_drill_by_end ON restore_drill (ended_at);
`,
} as const
