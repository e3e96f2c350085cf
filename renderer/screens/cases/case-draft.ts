import type { InputOf } from '../../../shared/contract/index.ts'
import type { PartyRole } from '../../../shared/domain/party-role.ts'
import type { RetentionCode } from '../../../shared/domain/retention.ts'
import type { SecrecyLevel } from '../../../shared/domain/secrecy.ts'
import type { VolumeKind } from '../../../shared/domain/volume-kind.ts'
import { dayOf } from '../../widgets/field-date-input.tsx'

/** The new case as it stands in the form; dates as typed. */
export interface CaseForm {
  readonly number: string
  readonly archiveNumber: string
  readonly cause: string
  readonly handler: string
  readonly parties: readonly {
    readonly role: PartyRole
    readonly name: string
    readonly sheltered?: boolean
  }[]
  readonly acceptedOn: string
  readonly closedOn: string
  readonly retention: RetentionCode | null
  readonly secrecy: SecrecyLevel
  readonly volumes: readonly VolumeKind[]
}

export const EMPTY_CASE: CaseForm = {
  number: '',
  archiveNumber: '',
  cause: '',
  handler: '',
  parties: [
    { role: 'plaintiff', name: '' },
    { role: 'defendant', name: '' },
  ],
  acceptedOn: '',
  closedOn: '',
  retention: null,
  secrecy: 'internal',
  volumes: ['main'],
}

/** What the core takes: blank parties left out, dates as ISO. */
export function caseInput(form: CaseForm): InputOf<'cases.create'> {
  return {
    draft: {
      number: form.number.trim(),
      archiveNumber: form.archiveNumber.trim(),
      cause: form.cause.trim(),
      handler: form.handler.trim(),
      parties: form.parties
        .map(({ role, name, sheltered }) => ({
          role,
          name: (name ?? '').trim(),
          ...(sheltered === true ? { sheltered } : {}),
        }))
        .filter(({ name }) => name !== ''),
      acceptedOn: dayOf(form.acceptedOn),
      closedOn: dayOf(form.closedOn),
      retention: form.retention ?? null,
      secrecy: form.secrecy,
    },
    volumes: [...form.volumes],
  }
}

/** A draft of an earlier time; null when it holds nothing or is of another shape. */
export function readCaseForm(text: string | null): CaseForm | null {
  if (text === null) return null
  try {
    const kept: unknown = JSON.parse(text)
    if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return null
    const form = { ...EMPTY_CASE, ...kept }
    return Array.isArray(form.parties) && Array.isArray(form.volumes) ? form : null
  } catch {
    // Written by another version: better an empty form than a broken one.
    return null
  }
}

export function hasTyping(form: CaseForm): boolean {
  return (
    [form.number, form.archiveNumber, form.cause, form.handler, form.acceptedOn, form.closedOn].some((text) =>
      Boolean(text?.trim()),
    ) || form.parties.some((party) => Boolean(party?.name?.trim()))
  )
}
