/**
 * 备份: why a backup ran, how often a medium's index was written, and what tasks are about as codes, which each language
 * puts into its own words. Tasks that stood keep their text.
 */
export const automaticBackup = {
  version: 15,
  sql: `
ALTER TABLE backup_snapshot ADD COLUMN reason TEXT NOT NULL DEFAULT 'asked';
ALTER TABLE backup_medium ADD COLUMN index_sequence INTEGER NOT NULL DEFAULT 0;
ALTER TABLE backup_task ADD COLUMN findings TEXT NOT NULL DEFAULT '[]';
ALTER TABLE backup_task ADD COLUMN remedy_code TEXT NOT NULL DEFAULT '';
`,
} as const
