/**
 * 情况说明 and what else is attached to a difference: any number of files, each with its pages as images, so that they are
 * shown, reported and proven as every other page is. Names are sealed (`content`); `name` is of files that were attached
 * before names were. And what was noted sheet by sheet about a page is sealed where that page goes (`moved_content`).
 */
export const attachments = {
  version: 16,
  sql: `
CREATE TABLE difference_attachment (
  id TEXT PRIMARY KEY,
  difference_id TEXT NOT NULL REFERENCES difference (id),
  compartment TEXT NOT NULL,
  object_name TEXT NOT NULL,
  format TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  added_at TEXT NOT NULL,
  added_by TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  content BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX difference_attachment_by_difference ON difference_attachment (difference_id);
CREATE INDEX difference_attachment_by_object ON difference_attachment (object_name);

CREATE TABLE attachment_page (
  id TEXT PRIMARY KEY,
  attachment_id TEXT NOT NULL REFERENCES difference_attachment (id),
  sequence INTEGER NOT NULL,
  compartment TEXT NOT NULL,
  object_name TEXT NOT NULL,
  format TEXT NOT NULL,
  width_pixels INTEGER NOT NULL,
  height_pixels INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  UNIQUE (attachment_id, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX attachment_page_by_object ON attachment_page (object_name);

INSERT INTO difference_attachment (id, difference_id, compartment, object_name, format, sha256, size_bytes, added_at,
  added_by, name)
SELECT id, id, compartment, attachment_object, 'other', attachment_sha256, attachment_bytes,
  coalesce(judged_at, found_at), coalesce(judged_by, found_by), attachment_name
FROM difference WHERE attachment_object IS NOT NULL;
DROP INDEX difference_by_attachment;
ALTER TABLE difference DROP COLUMN attachment_object;
ALTER TABLE difference DROP COLUMN attachment_name;
ALTER TABLE difference DROP COLUMN attachment_sha256;
ALTER TABLE difference DROP COLUMN attachment_bytes;

ALTER TABLE sheet_verdict ADD COLUMN moved_content BLOB;
`,
} as const
