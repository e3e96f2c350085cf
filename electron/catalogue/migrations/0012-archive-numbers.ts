/** 档号 of a case, one case each; those that it had after 归档 before another was approved, one a line. */
export const archiveNumbers = {
  version: 12,
  sql: `
ALTER TABLE case_file ADD COLUMN archive_number TEXT NOT NULL DEFAULT '';
ALTER TABLE case_file ADD COLUMN former_archive_numbers TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX case_file_by_archive_number ON case_file (archive_number) WHERE archive_number <> '';
`,
} as const
