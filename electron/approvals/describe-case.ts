import { createHash } from 'node:crypto'
import type { Party } from '../../shared/contract/model.ts'
import { normaliseArchiveNumber } from '../../shared/domain/archive-number.ts'
import { readCaseNumber } from '../../shared/domain/index.ts'
import { shelteredName } from '../../shared/domain/sensitive-text.ts'
import { compartmentOf } from '../../shared/domain/volume-kind.ts'
import { AppError } from '../../shared/errors.ts'
import { caseNumberFacts, restoreCaseDraft } from '../catalogue/index.ts'
import { type Describer, field } from './describe-parts.ts'

/** A sheltered name stays masked; the start of its digest tells one from another of the same family name. */
function partyText(party: Party | undefined): string | null {
  if (party === undefined || party.sheltered !== true) return party?.name ?? null
  const digest = createHash('sha256').update(party.name, 'utf8').digest('hex').slice(0, 8)
  return `${shelteredName(party.name)}〔${digest}〕`
}

/** Title page of a case: every field that the call sets, parties by their place. */
export const describeCaseUpdate: Describer<'cases.update'> = ({ caseId, draft: typed }, parts) => {
  const { cases } = parts.catalogue()
  const row = cases.require(caseId)
  const draft = restoreCaseDraft(parts.catalogue(), caseId, typed)
  const read = readCaseNumber(draft.number, { clock: parts.now })
  if (!read.ok) throw new AppError('CASE_NUMBER_INVALID', { reason: read.reason })
  const number = caseNumberFacts(read.number)
  const taken = cases.findByUniquenessKey(number.uniquenessKey)
  if (taken !== undefined && taken !== caseId)
    throw new AppError('CASE_NUMBER_TAKEN', { number: number.canonical, caseId: taken })
  const archiveNumber = normaliseArchiveNumber(draft.archiveNumber)
  const holder = cases.findByArchiveNumber(archiveNumber)
  if (holder !== undefined && holder !== caseId) throw new AppError('ARCHIVE_NUMBER_TAKEN', { archiveNumber })
  const before = cases.parties(caseId)
  const places = Array.from({ length: Math.max(before.length, draft.parties.length) }, (_, place) => place)
  return {
    input: { caseId, draft },
    adds: false,
    changes: [
      field('number', row.number, number.canonical),
      field('archiveNumber', row.archiveNumber, archiveNumber),
      field('cause', row.cause, draft.cause),
      field('handler', row.handler, draft.handler),
      field('acceptedOn', row.acceptedOn, draft.acceptedOn),
      field('closedOn', row.closedOn, draft.closedOn),
      field('retention', row.retention, draft.retention),
      field('secrecy', row.secrecy, draft.secrecy),
      ...places.flatMap((place) => [
        field(
          'partyRole',
          before[place]?.role ?? null,
          draft.parties[place]?.role ?? null,
          String(place + 1),
        ),
        field('party', partyText(before[place]), partyText(draft.parties[place]), String(place + 1)),
      ]),
    ],
  }
}

export const describeSecrecy: Describer<'cases.setSecrecy'> = (input, parts) => ({
  input,
  adds: false,
  changes: [field('secrecy', parts.catalogue().cases.require(input.caseId).secrecy, input.secrecy)],
})

export const describeRetention: Describer<'cases.setRetention'> = (input, parts) => ({
  input,
  adds: false,
  changes: [field('retention', parts.catalogue().cases.require(input.caseId).retention, input.retention)],
})

export const describeNewVolume: Describer<'cases.addVolume'> = (input, parts) => {
  const existing = parts.catalogue().volumes.ofCase(input.caseId)
  if (existing.some(({ kind }) => kind === input.kind))
    throw new AppError('CATALOGUE_CONFLICT', { kind: input.kind })
  return {
    input,
    adds: true,
    changes: [
      field('volume', null, input.kind),
      field('compartment', null, compartmentOf(input.kind)),
      field('sequence', null, existing.length + 1),
    ],
  }
}

export const describeTemplate: Describer<'cases.setTemplate'> = (input, parts) => {
  const volume = parts.catalogue().volumes.require(input.volumeId)
  const template = parts.newestTemplate(input.templateId)
  if (template === undefined)
    throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'template', id: input.templateId })
  return {
    input,
    adds: false,
    changes: [
      field('template', volume.templateId, template.id),
      field('templateVersion', volume.templateVersion, template.version),
    ],
  }
}
