import { z } from 'zod'
import { area, command, query } from './method.ts'
import { Empty } from './model.ts'

export const UnitSettings = z.object({
  unitName: z.string().trim().min(1).max(100),
  /** Name of a page image after domain.md §1.4, in the field language of file names. */
  masterNameTemplate: z.string().min(1).max(300),
  exportNameTemplate: z.string().min(1).max(300),
})
export type UnitSettings = z.infer<typeof UnitSettings>

export const settings = area('settings', {
  get: query({ input: Empty, output: UnitSettings, needs: 'settings.read' }),
  set: command({
    input: UnitSettings,
    output: UnitSettings,
    needs: 'settings.edit',
    audit: 'settings.changed',
  }),
})

/** A catalogue template as data: checked by `CatalogueTemplate` of the domain before it is stored. */
export const TemplateSummary = z.object({
  id: z.string(),
  version: z.number().int(),
  title: z.string(),
  titleEnglish: z.string(),
  volume: z.string(),
  rowCount: z.number().int(),
  shipped: z.boolean(),
})

export const templates = area('templates', {
  list: query({ input: Empty, output: z.array(TemplateSummary), needs: 'template.read' }),
  get: query({ input: z.object({ id: z.string() }), output: z.unknown(), needs: 'template.read' }),
  /** Stores an edited template as a new version; volumes keep the version they were catalogued with. */
  save: command({
    input: z.object({ template: z.unknown() }),
    output: TemplateSummary,
    needs: 'template.edit',
    audit: 'template.saved',
  }),
})

/** Unsaved typing, sealed in the core so that a crash loses none. */
export const drafts = area('drafts', {
  load: query({
    input: z.object({ key: z.string().max(200) }),
    output: z.object({ value: z.string().nullable() }),
    needs: 'signed-in',
  }),
  save: command({
    input: z.object({ key: z.string().max(200), value: z.string().max(200_000).nullable() }),
    output: Empty,
    needs: 'signed-in',
    audit: 'draft.saved',
  }),
})
