/** 隐名: people whose names are masked whatever the reader's role (domain.md §10). */
export const shelteredParties = {
  version: 8,
  sql: `ALTER TABLE case_party ADD COLUMN sheltered INTEGER NOT NULL DEFAULT 0`,
} as const
