/**
 * How an image is turned for showing, clockwise in degrees: the stored image stays as it was scanned. And which printed
 * numbers a person confirmed: those stay when the numbers round them are counted anew.
 */
export const pageTurns = {
  version: 11,
  sql: `
ALTER TABLE page_version ADD COLUMN turn INTEGER NOT NULL DEFAULT 0 CHECK (turn IN (0, 90, 180, 270));
ALTER TABLE page ADD COLUMN number_confirmed INTEGER NOT NULL DEFAULT 0;
`,
} as const
