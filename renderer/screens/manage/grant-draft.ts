import type { InputOf } from '../../../shared/contract/index.ts'

/** A cell of the matrix while it is edited. */
export type GrantDraft = InputOf<'roles.setGrants'>['grants'][number]
