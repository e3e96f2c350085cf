import { z } from 'zod'
import { ROLES } from '../domain/permission.ts'
import { area, command, query } from './method.ts'
import { Compartment, Empty, Id, RoleName } from './model.ts'

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

/** The room's accounts. Which compartments an account may open is told only to itself: its slot says so to nobody else. */
export const AccountRow = z.object({
  id: Id,
  name: z.string(),
  displayName: z.string(),
  roles: z.array(RoleName),
  locked: z.boolean(),
  self: z.boolean(),
})
export type AccountRow = z.infer<typeof AccountRow>

export const NewAccount = z.object({
  name: z.string().trim().min(1).max(60),
  displayName: z.string().trim().max(60).default(''),
  roles: z.array(RoleName).min(1).max(ROLES.length),
  /** Whoever makes the account must hold these compartments: their keys are wrapped into the new slot. */
  compartments: z.array(Compartment).default(['open']),
  password: z.string().min(1).max(500),
})
export type NewAccount = z.infer<typeof NewAccount>

export const accounts = area('accounts', {
  list: query({ input: Empty, output: z.array(AccountRow), needs: 'account.manage' }),
  add: command({ input: NewAccount, output: AccountRow, needs: 'account.manage', audit: 'account.added' }),
  /** A locked account's password opens nothing, in any program (离岗). */
  setLocked: command({
    input: z.object({ accountId: Id, locked: z.boolean() }),
    output: Empty,
    needs: 'account.manage',
    audit: 'account.locked-or-unlocked',
  }),
})
