/**
 * Which pages were read by recognition, and which wait: one row a page, kept in step by triggers, so that a page that
 * is filed in whatever way waits from that moment on. Never text: that lies sealed under its compartment's own key.
 * A row outlives its page until the text is gone (`leaving`). Counted by triggers too: a room has millions of pages.
 */
export const readings = {
  version: 9,
  sql: `
CREATE TABLE page_reading (
  page_id TEXT PRIMARY KEY,
  version_id TEXT NOT NULL,
  compartment TEXT NOT NULL CHECK (compartment IN ('open', 'restricted')),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'read', 'failed', 'leaving')),
  model TEXT,
  engine TEXT,
  code TEXT,
  confidence REAL,
  line_count INTEGER,
  doubtful_count INTEGER,
  read_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX page_reading_waiting ON page_reading (compartment, page_id) WHERE state = 'waiting';
CREATE INDEX page_reading_failed ON page_reading (page_id) WHERE state = 'failed';
CREATE INDEX page_reading_leaving ON page_reading (compartment, page_id) WHERE state = 'leaving';

CREATE TABLE page_reading_count (
  compartment TEXT NOT NULL,
  state TEXT NOT NULL,
  pages INTEGER NOT NULL,
  PRIMARY KEY (compartment, state)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER page_reading_added AFTER INSERT ON page_reading BEGIN
  INSERT INTO page_reading_count VALUES (NEW.compartment, NEW.state, 1)
    ON CONFLICT DO UPDATE SET pages = pages + 1;
END;
CREATE TRIGGER page_reading_removed AFTER DELETE ON page_reading BEGIN
  UPDATE page_reading_count SET pages = pages - 1 WHERE compartment = OLD.compartment AND state = OLD.state;
END;
CREATE TRIGGER page_reading_moved AFTER UPDATE OF compartment, state ON page_reading
  WHEN OLD.state <> NEW.state OR OLD.compartment <> NEW.compartment BEGIN
  UPDATE page_reading_count SET pages = pages - 1 WHERE compartment = OLD.compartment AND state = OLD.state;
  INSERT INTO page_reading_count VALUES (NEW.compartment, NEW.state, 1)
    ON CONFLICT DO UPDATE SET pages = pages + 1;
END;

INSERT INTO page_reading (page_id, version_id, compartment, state)
  SELECT page.id, v.id, v.compartment, 'waiting'
  FROM page JOIN page_version v ON v.id = page.current_version_id WHERE page.withdrawn_at IS NULL;

CREATE TRIGGER page_reading_of_new_version AFTER INSERT ON page_version
  WHEN EXISTS (SELECT 1 FROM page WHERE id = NEW.page_id AND current_version_id = NEW.id AND withdrawn_at IS NULL)
BEGIN
  INSERT INTO page_reading (page_id, version_id, compartment, state)
    VALUES (NEW.page_id, NEW.id, NEW.compartment, 'waiting')
    ON CONFLICT (page_id) DO UPDATE SET version_id = excluded.version_id, compartment = excluded.compartment,
      state = 'waiting', code = NULL;
END;
CREATE TRIGGER page_reading_of_current_version AFTER UPDATE OF current_version_id, withdrawn_at ON page
  WHEN NEW.withdrawn_at IS NULL
    AND (OLD.current_version_id <> NEW.current_version_id OR OLD.withdrawn_at IS NOT NULL)
BEGIN
  INSERT INTO page_reading (page_id, version_id, compartment, state)
    SELECT NEW.id, v.id, v.compartment, 'waiting' FROM page_version v WHERE v.id = NEW.current_version_id
    ON CONFLICT (page_id) DO UPDATE SET version_id = excluded.version_id, compartment = excluded.compartment,
      state = 'waiting', code = NULL;
END;
CREATE TRIGGER page_reading_of_withdrawn AFTER UPDATE OF withdrawn_at ON page
  WHEN NEW.withdrawn_at IS NOT NULL AND OLD.withdrawn_at IS NULL
BEGIN
  UPDATE page_reading SET state = 'leaving' WHERE page_id = NEW.id;
END;
CREATE TRIGGER page_reading_of_removed AFTER DELETE ON page BEGIN
  UPDATE page_reading SET state = 'leaving' WHERE page_id = OLD.id;
END;
`,
} as const
