/**
 * 抽样核验: a check with a seed has read only the objects that it draws; its depth stays `quick` in the column, since a
 * check on a column is not widened without writing the table anew. And which objects the vault did not have whole when a
 * snapshot was made: some of their names, for the register.
 */
export const backupSamples = {
  version: 17,
  sql: `
ALTER TABLE backup_check ADD COLUMN sample_seed TEXT;
ALTER TABLE backup_check ADD COLUMN sampled INTEGER NOT NULL DEFAULT 0;
ALTER TABLE backup_check ADD COLUMN unreadable INTEGER NOT NULL DEFAULT 0;
ALTER TABLE backup_snapshot ADD COLUMN missing_names TEXT NOT NULL DEFAULT '[]';
`,
} as const
