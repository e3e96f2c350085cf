import type { FieldChange } from '../../shared/contract/approvals.ts'
import type { CoreMethodName, ParsedInputOf } from '../../shared/contract/index.ts'
import type { Catalogue } from '../catalogue/index.ts'

/** What a change is described from. */
export interface DescribeParts {
  readonly catalogue: () => Catalogue
  readonly now: () => Date
  /** A plan of 处理方案 as it would be applied now. Throws CATALOGUE_NOT_FOUND, CATALOGUE_CONFLICT. */
  readonly describePlan: DescribePlan
  readonly newestTemplate: (
    templateId: string,
  ) => { readonly id: string; readonly version: number } | undefined
}

/** Fields of a plan for a volume, as `ChangeDescription.changes`. */
export type DescribePlan = (plan: {
  readonly volumeId: string
  readonly planId: string
}) => readonly FieldChange[]

/** A change, field by field, as it would be made now. The same catalogue and input always give the same changes. */
export interface ChangeDescription {
  /** As given, with what was masked put back. */
  readonly input: Readonly<Record<string, unknown>>
  readonly changes: readonly FieldChange[]
  /** It adds something, so that the same call describes yet another addition once it was made. */
  readonly adds: boolean
}

export type Describer<M extends CoreMethodName> = (
  input: ParsedInputOf<M>,
  parts: DescribeParts,
) => ChangeDescription | Promise<ChangeDescription>

type Plain = string | number | null

const shown = (value: Plain): string | null => (value === null ? null : String(value))

/** A field of the thing itself. */
export function field(name: string, before: Plain, after: Plain, subject = ''): FieldChange {
  return { field: name, subject, before: shown(before), after: shown(after) }
}
