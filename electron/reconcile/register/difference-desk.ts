import type { FindingMethod } from '../../../shared/domain/reconcile/difference-type.ts'
import { PLANNED_HANDLINGS } from '../../../shared/domain/reconcile/handling.ts'
import { likelyOrigin } from '../../../shared/domain/reconcile/likely-origin.ts'
import { writePlace } from '../../../shared/domain/reconcile/place.ts'
import { severityOf, touchesPages } from '../../../shared/domain/reconcile/severity.ts'
import { AppError } from '../../../shared/errors.ts'
import { type Catalogue, number, type Row, text } from '../../catalogue/index.ts'
import type { DifferenceDesk, FoundDifference } from '../difference-desk.ts'
import type { ReconcileParts } from '../reconcile-parts.ts'
import { type DifferenceRecord, differenceRecords } from './difference-records.ts'
import { NO_WORDS, openWords, sealWords } from './sealed-words.ts'

/** What the register is kept with. */
export type DifferenceDeskParts = Pick<ReconcileParts, 'catalogue' | 'vault' | 'now' | 'newId'>

/** The year of the room's wall calendar (UTC+8), by which numbers are counted. */
export function calendarYear(now: Date): number {
  return new Date(now.getTime() + 8 * 60 * 60 * 1000).getUTCFullYear()
}

/** The checking and its volume. Throws CATALOGUE_NOT_FOUND. */
function checkingOf({ sql, volumes }: Catalogue, reconciliationId: string) {
  const row: Row | undefined = sql.one('SELECT * FROM reconciliation WHERE id = ?', reconciliationId)
  if (row === undefined)
    throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'reconciliation', id: reconciliationId })
  return volumes.require(text(row, 'volume_id'))
}

export function pagesOfVolume({ sql }: Catalogue, volumeId: string): number {
  const row = sql.one(
    `SELECT count(*) AS n FROM page JOIN book ON book.id = page.book_id
     WHERE volume_id = ? AND withdrawn_at IS NULL`,
    volumeId,
  )
  return number(row ?? {}, 'n')
}

/** How many pages differ in what stands on them: of each page, one difference is enough. */
function pagesTouched(
  records: readonly Pick<DifferenceRecord, 'type' | 'pageId' | 'paperPageId' | 'identity'>[],
) {
  const touched = records.filter(({ type }) => touchesPages(type))
  return new Set(touched.map(({ pageId, paperPageId, identity }) => pageId ?? paperPageId ?? identity)).size
}

const STANDS: ReadonlySet<string> = new Set(['found', 'judged', 'handled'])
const isTakenBack = (known: DifferenceRecord) => known.state === 'dismissed' && known.judged === null
/** It was to be mended, was checked, and is there again. */
const isBack = (known: DifferenceRecord) =>
  known.state === 'closed' && known.handling !== null && PLANNED_HANDLINGS.has(known.handling)

/** The register, as the ways of finding see it: see {@link DifferenceDesk}. Throws VAULT_COMPARTMENT_CLOSED. */
export function differenceDesk(parts: DifferenceDeskParts): DifferenceDesk {
  return {
    file: (reconciliationId, method, found, by) => {
      const catalogue = parts.catalogue()
      const vault = parts.vault()
      const records = differenceRecords(catalogue)
      const { id: volumeId, caseId, compartment } = checkingOf(catalogue, reconciliationId)
      const at = parts.now().toISOString()
      const once = new Map(found.map((one) => [one.identity, one]))

      const fieldsOf = (one: FoundDifference, methods: readonly FindingMethod[]) => ({
        ...{ type: one.type, foundStage: one.stage, methods, book: one.book, itemId: one.itemId },
        paperPlace: writePlace(one.paperPlace),
        electronicPlace: writePlace(one.electronicPlace),
        ...{ paperPageId: one.paperPageId, pageId: one.pageId, versionId: one.versionId },
        ...{ matchId: one.matchId, confidence: one.confidence },
      })
      const contentOf = ({ content: { pageIds = [], regions, ...content } }: FoundDifference) => ({
        ...{ ...content, regions: [...regions], pageIds: [...pageIds] },
      })
      const wordsOf = (id: string, one: FoundDifference) =>
        sealWords(vault, compartment, id, { ...NO_WORDS, ...contentOf(one) })

      const add = (one: FoundDifference) => {
        const year = calendarYear(parts.now())
        const id = parts.newId()
        const { cause, stage } = likelyOrigin(one.type)
        records.insert({
          ...{ id, year, serial: records.nextSerial(year), reconciliationId, caseId, volumeId, compartment },
          ...fieldsOf(one, [method]),
          ...{ identity: one.identity, found: { by, at }, severity: 'ordinary', severityRule: 'ordinary' },
          ...{ cause, originStage: stage, originPerson: '', state: 'found', handling: null },
          ...{ judged: null, approved: null, handled: null, checked: null },
          ...{ beforeDigest: '', afterDigest: '', planId: null, noted: false, trainingMeasure: '' },
          ...{ closedAt: null, content: wordsOf(id, one) },
        })
      }
      const renew = (known: DifferenceRecord, one: FoundDifference) => {
        const methods = known.methods.includes(method) ? known.methods : [...known.methods, method]
        if (isTakenBack(known) || isBack(known) || (known.state === 'found' && known.judged === null)) {
          // What was taken back has no other way left that finds it.
          const ways = isTakenBack(known) ? [method] : methods
          const words = openWords(vault, compartment, known.id, known.content)
          const content = { ...words, ...contentOf(one) }
          records.save({
            ...{ ...known, ...fieldsOf(one, ways) },
            ...(isBack(known) ? { judged: null, handled: null, planId: null } : {}),
            ...{ state: 'found', closedAt: null, content: sealWords(vault, compartment, known.id, content) },
          })
          return known.state === 'found' ? 'kept' : 'added'
        }
        if (methods !== known.methods) records.save({ ...known, methods })
        return 'kept'
      }
      /** This way finds it no more: it is taken back, unless another way or a person stands for it. */
      const leave = (known: DifferenceRecord) => {
        const methods = known.methods.filter((other) => other !== method)
        if (known.state !== 'found') return false
        if (methods.length > 0) {
          records.save({ ...known, methods })
          return false
        }
        records.save({ ...known, state: 'dismissed', judged: null, closedAt: at })
        return true
      }
      const rejudge = () => {
        const standing = records.ofReconciliation(reconciliationId).filter(({ state }) => STANDS.has(state))
        const counted = {
          pagesTouched: pagesTouched(standing),
          pagesOfVolume: pagesOfVolume(catalogue, volumeId),
        }
        for (const record of standing) {
          if (record.state !== 'found' || record.severityRule === '') continue
          const { itemWords } = openWords(vault, compartment, record.id, record.content)
          const { severity, rule } = severityOf({ type: record.type, itemWords, ...counted })
          if (severity === record.severity && rule === record.severityRule) continue
          records.save({ ...record, severity, severityRule: rule })
        }
      }

      return catalogue.transaction(() => {
        const known = new Map(records.ofReconciliation(reconciliationId).map((one) => [one.identity, one]))
        const tally = { added: 0, kept: 0, gone: 0 }
        for (const one of once.values()) {
          const before = known.get(one.identity)
          if (before === undefined) {
            add(one)
            tally.added += 1
          } else tally[renew(before, one)] += 1
        }
        for (const before of known.values())
          if (before.methods.includes(method) && !once.has(before.identity) && leave(before)) tally.gone += 1
        rejudge()
        return tally
      })
    },
  }
}
