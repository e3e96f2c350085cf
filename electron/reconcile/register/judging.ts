import type { ParsedInputOf } from '../../../shared/contract/index.ts'
import { DIFFERENCE_TYPE_INFO } from '../../../shared/domain/reconcile/difference-type.ts'
import { HANDLING_WORDS } from '../../../shared/domain/reconcile/difference-words.ts'
import { PLANNED_HANDLINGS } from '../../../shared/domain/reconcile/handling.ts'
import { likelyOrigin } from '../../../shared/domain/reconcile/likely-origin.ts'
import { placeWords, readPlace, writePlace } from '../../../shared/domain/reconcile/place.ts'
import { severityOf } from '../../../shared/domain/reconcile/severity.ts'
import { AppError } from '../../../shared/errors.ts'
import { attachmentRecords } from '../attachments/attachment-records.ts'
import type { ReconcileParts } from '../reconcile-parts.ts'
import { closingNote } from '../settling/closing-note.ts'
import {
  type DifferenceStep,
  isSamePerson,
  lacksAttachment,
  NEEDS_BASIS,
  standsFor,
} from './difference-course.ts'
import { calendarYear, pagesOfVolume } from './difference-desk.ts'
import {
  type Deed,
  type DifferenceRecord,
  differenceNumber,
  differenceRecords,
} from './difference-records.ts'
import { NO_WORDS, openWords, type SealedWords, sealWords } from './sealed-words.ts'

export type JudgingParts = Pick<ReconcileParts, 'catalogue' | 'vault' | 'now' | 'newId'>

type Report = ParsedInputOf<'differences.report'>
type Judgement = ParsedInputOf<'differences.judge'>

/** 登记 by hand and 判定, 说明, 误报, 复核, 重开 of single rows. Every step ends in one transaction. */
export function differenceJudging(parts: JudgingParts) {
  const records = () => differenceRecords(parts.catalogue())
  const deed = (by: string): Deed => ({ by, at: parts.now().toISOString() })
  const wordsOf = (record: DifferenceRecord) =>
    openWords(parts.vault(), record.compartment, record.id, record.content)
  const withWords = (record: DifferenceRecord, words: Partial<SealedWords>): DifferenceRecord => ({
    ...record,
    content: sealWords(parts.vault(), record.compartment, record.id, { ...wordsOf(record), ...words }),
  })
  /** Throws CATALOGUE_NOT_FOUND, RECONCILE_WRONG_STATE. */
  const standing = (volumeId: string, id: string, step: DifferenceStep) => {
    const record = records().require(volumeId, id)
    if (!standsFor(record, step))
      throw new AppError('RECONCILE_WRONG_STATE', {
        state: record.state,
        ...(record.planId === null ? {} : { planId: record.planId }),
      })
    return record
  }
  const keep = (record: DifferenceRecord): DifferenceRecord => {
    records().save(record)
    return record
  }

  return {
    report: (input: Report, by: string): DifferenceRecord => {
      const { sql, volumes, pages } = parts.catalogue()
      const { id: volumeId, caseId, compartment } = volumes.require(input.volumeId)
      const page =
        input.pageId === null ? undefined : pages.list(volumeId).find(({ id }) => id === input.pageId)
      if (input.pageId !== null && page === undefined)
        throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'page', id: input.pageId })
      const books = volumes.books(volumeId)
      const book = books.find(({ id }) => id === page?.bookId)
      const item = book?.items.find(({ id }) => id === page?.itemId)
      const itemWords = item === undefined ? '' : `${item.sequence} ${item.title}`
      const open = sql.one(`SELECT id FROM reconciliation WHERE volume_id = ? AND state = 'open'`, volumeId)
      const { cause, stage } = likelyOrigin(input.type)
      const judged = severityOf({
        ...{ type: input.type, itemWords, pagesTouched: 1 },
        pagesOfVolume: pagesOfVolume(parts.catalogue(), volumeId),
      })
      const id = parts.newId()
      const year = calendarYear(parts.now())
      const regions: SealedWords['regions'] =
        input.box === null
          ? []
          : [
              {
                ...{ kind: 'other', sources: ['image'], strength: 1, on: 'electronic' },
                ...{ paperBox: null, electronicBox: input.box },
              },
            ]
      return parts.catalogue().transaction(() => {
        const record: DifferenceRecord = {
          ...{ id, year, serial: records().nextSerial(year), caseId, volumeId, compartment },
          reconciliationId: open === undefined ? null : String(open.id),
          ...{ identity: `${input.type}|hand:${id}`, found: deed(by), foundStage: input.foundStage },
          ...{ methods: ['hand'], type: input.type, book: book?.sequence ?? null },
          ...{ itemId: item?.id ?? null, paperPlace: input.paperPlace },
          electronicPlace:
            page === undefined
              ? ''
              : writePlace({ at: 'page', book: null, image: page.position, printed: page.printedNumber }),
          ...{ paperPageId: null, pageId: page?.id ?? null, versionId: page?.versionId ?? null },
          ...{ matchId: null, confidence: 1, severity: judged.severity, severityRule: judged.rule },
          ...{ cause, originStage: stage, originPerson: '', state: 'found', handling: null },
          ...{ judged: null, approved: null, handled: null, checked: null },
          ...{ beforeDigest: '', afterDigest: '', planId: null, noted: false, trainingMeasure: '' },
          closedAt: null,
          content: sealWords(parts.vault(), compartment, id, {
            ...{ ...NO_WORDS, itemWords, regions },
            ...{ paperWords: input.paperWords, electronicWords: input.electronicWords },
          }),
        }
        records().insert(record)
        return record
      })
    },

    judge: (input: Judgement, by: string): DifferenceRecord => {
      standing(input.volumeId, input.differenceId, 'judge')
      if (NEEDS_BASIS.has(input.handling) && input.basis === '')
        throw new AppError('CALL_INVALID_INPUT', { method: 'differences.judge', field: 'basis' })
      return parts.catalogue().transaction(() => {
        const record = standing(input.volumeId, input.differenceId, 'judge')
        const planned = PLANNED_HANDLINGS.has(input.handling)
        const type = input.type ?? record.type
        const ruled = severityOf({
          ...{ type, itemWords: wordsOf(record).itemWords, pagesTouched: 1 },
          pagesOfVolume: pagesOfVolume(parts.catalogue(), record.volumeId),
        })
        const severity =
          input.severity !== undefined && input.severity !== record.severity
            ? { severity: input.severity, severityRule: '' }
            : type === record.type
              ? {}
              : { severity: ruled.severity, severityRule: ruled.rule }
        return keep(
          withWords(
            {
              ...{ ...record, ...severity, type, cause: input.cause, originStage: input.originStage },
              ...{ originPerson: input.originPerson, trainingMeasure: input.trainingMeasure },
              ...{ handling: input.handling, state: planned ? 'judged' : 'handled' },
              ...{ judged: deed(by), handled: planned ? null : deed(by), checked: null },
              ...{ beforeDigest: '', afterDigest: '' },
            },
            { basis: input.basis },
          ),
        )
      })
    },

    dismiss: (volumeId: string, id: string, reason: string, by: string): DifferenceRecord => {
      const record = standing(volumeId, id, 'dismiss')
      return keep(
        withWords(
          {
            ...{ ...record, state: 'dismissed', judged: deed(by), handled: null, checked: null },
            ...{ handling: null, closedAt: null },
          },
          { basis: reason },
        ),
      )
    },

    explain: (volumeId: string, id: string, explanation: string): DifferenceRecord =>
      keep(withWords(standing(volumeId, id, 'explain'), { explanation })),

    /**
     * Throws RECONCILE_SAME_PERSON, RECONCILE_ATTACHMENT_LACKING, and RECONCILE_WRONG_STATE where 退回承办 has no answer
     * yet.
     */
    check: (
      { volumeId, differenceId, ok, note }: ParsedInputOf<'differences.check'>,
      by: string,
    ): DifferenceRecord =>
      parts.catalogue().transaction(() => {
        const record = standing(volumeId, differenceId, 'check')
        if (isSamePerson(record, by)) throw new AppError('RECONCILE_SAME_PERSON')
        const attached = attachmentRecords(parts.catalogue(), parts.vault()).count(record.id)
        if (ok && lacksAttachment(record, attached)) throw new AppError('RECONCILE_ATTACHMENT_LACKING')
        const checked = { ...deed(by), ok, note }
        // What was decided stays readable; who decided it is cleared, so that it is decided anew.
        if (!ok)
          return keep({ ...record, state: 'found', checked, judged: null, handled: null, closedAt: null })
        const closed = { ...record, checked, closedAt: checked.at }
        if (record.state === 'dismissed') return keep(closed)
        const { handling } = record
        const words = wordsOf(record)
        if (handling === 'return-to-handler' && words.explanation === '')
          throw new AppError('RECONCILE_WRONG_STATE', { state: record.state, needs: 'explanation' })
        const said = [words.basis, words.explanation].filter((part) => part !== '').join('；')
        const place = [record.paperPlace, record.electronicPlace]
          .map((kept) => placeWords(readPlace(kept), 'zh'))
          .filter((part) => part !== '')
          .join(' / ')
        const number = differenceNumber(record)
        closingNote(parts.catalogue(), parts.vault()).add(volumeId, {
          ...{ id: parts.newId(), at: checked.at, by, numbers: [number], planId: null, plan: null },
          text: `${number} ${DIFFERENCE_TYPE_INFO[record.type].zh}${place === '' ? '' : `（${place}）`}：${
            handling === null ? '' : HANDLING_WORDS[handling].zh
          }${said === '' ? '' : `，${said}`}`,
        })
        return keep({ ...closed, state: 'closed', noted: true })
      }),

    reopen: (volumeId: string, id: string): DifferenceRecord => {
      const record = standing(volumeId, id, 'reopen')
      return keep({
        ...{ ...record, state: 'found', judged: null, handled: null, checked: null },
        ...{ planId: null, closedAt: null },
      })
    },
  }
}
