import { createHash } from 'node:crypto'
import type { FieldChange } from '../../shared/contract/approvals.ts'
import type { CoreMethodName, ParsedInputOf } from '../../shared/contract/index.ts'
import {
  describeCaseUpdate,
  describeNewVolume,
  describeRetention,
  describeSecrecy,
  describeTemplate,
} from './describe-case.ts'
import { describeImport } from './describe-import.ts'
import {
  describeAssignment,
  describeItemUpdate,
  describeMarking,
  describeNewItem,
  describeNumber,
  describePageReturn,
  describeTurn,
} from './describe-pages.ts'
import type { ChangeDescription, DescribeParts, Describer } from './describe-parts.ts'
import { describeSettlement } from './describe-settlement.ts'

type Described = { readonly [M in CoreMethodName]?: Describer<M> }

const DESCRIBERS = {
  'cases.update': describeCaseUpdate,
  'cases.setSecrecy': describeSecrecy,
  'cases.setRetention': describeRetention,
  'cases.addVolume': describeNewVolume,
  'cases.setTemplate': describeTemplate,
  'items.create': describeNewItem,
  'items.update': describeItemUpdate,
  'pages.assign': describeAssignment,
  'pages.mark': describeMarking,
  'pages.setTurn': describeTurn,
  'pages.confirmNumber': describeNumber,
  'intake.start': describeImport,
  'settlements.apply': describeSettlement,
  'restores.page': describePageReturn,
} as const satisfies Described

export type DescribedMethod = keyof typeof DESCRIBERS
export const DESCRIBED_METHODS = Object.keys(DESCRIBERS) as readonly DescribedMethod[]

export function isDescribed(method: string): method is DescribedMethod {
  return Object.hasOwn(DESCRIBERS, method)
}

/** Says what a call would change. The input has been parsed by the method's own schema. */
export async function describeChange<M extends DescribedMethod>(
  method: M,
  input: ParsedInputOf<M>,
  parts: DescribeParts,
): Promise<ChangeDescription> {
  const describe = DESCRIBERS[method] as unknown as Describer<M>
  return await describe(input, parts)
}

/** SHA-256 of one side of a change, in hexadecimal. */
export function digestOf(changes: readonly FieldChange[], side: 'before' | 'after'): string {
  const values = changes.map((change) => [change.field, change.subject, change[side]])
  return createHash('sha256').update(JSON.stringify(values)).digest('hex')
}

/** Whether two descriptions say the same, to the letter. */
export function sameChanges(a: readonly FieldChange[], b: readonly FieldChange[]): boolean {
  return digestOf(a, 'before') === digestOf(b, 'before') && digestOf(a, 'after') === digestOf(b, 'after')
}
