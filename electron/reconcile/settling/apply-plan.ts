import { createHash } from 'node:crypto'
import type { PlanStep } from '../../../shared/contract/settlements.ts'
import { countSteps, type PlanLine } from '../../../shared/domain/reconcile/plan-line.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Catalogue } from '../../catalogue/index.ts'
import type { JobDesk } from '../../jobs/index.ts'
import type { OpenTextShelf } from '../../search/index.ts'
import type { OpenVault } from '../../vault/index.ts'
import { type DifferenceRecord, differenceNumber, differenceRecords } from '../register/difference-records.ts'
import { closingNote } from './closing-note.ts'
import { type PaperText, putPaperTexts, putTexts, takeTexts, textPlace } from './page-texts.ts'
import { addVersion, insertPage, type Making, paperImage } from './page-writing.ts'
import { type MadePlan, makePlan } from './plan-making.ts'
import { type PlanRecord, planRecords } from './plan-records.ts'
import { type GoingPage, leaveOld, nameAnew, sealAnew } from './sealing-anew.ts'
import { readVolume, volumeDigest } from './volume-reading.ts'
import { removeItem, takeSnapshot } from './volume-snapshot.ts'

export interface SettlingParts {
  readonly catalogue: () => Catalogue
  readonly vault: () => OpenVault
  readonly texts: () => OpenTextShelf
  readonly jobs: () => Pick<JobDesk, 'list'>
  readonly now: () => Date
  readonly newId: () => string
}

const sha256 = (words: string) => createHash('sha256').update(words).digest('hex')

/** One digest for what several steps of a difference are about: of one image its SHA-256 itself. */
function together(parts: readonly string[]): string {
  const [first = '', ...more] = [...new Set(parts.filter((part) => part !== ''))]
  return more.length === 0 ? first : sha256([first, ...more].join('\n'))
}

/** SHA-256 of what a step changes, as it stands in a state of the volume; empty where there is nothing. */
function digestOf(step: PlanStep, plan: MadePlan, side: 'before' | 'after'): string {
  const state = side === 'before' ? plan.state : plan.outcome.after
  switch (step.kind) {
    case 'insert':
      return state.pages.find(({ key }) => key === `paper:${step.paperPageId}`)?.sha256 ?? ''
    case 'replace':
    case 'move':
    case 'rotate':
    case 'remove':
    case 'move-volume':
      return state.pages.find(({ key }) => key === step.pageId)?.sha256 ?? ''
    case 'edit-item':
    case 'remove-item': {
      const item = state.items.find(({ key }) => key === step.itemId)
      return item === undefined ? '' : sha256(JSON.stringify({ ...item, key: '' }))
    }
    case 'add-item':
      return side === 'before' ? '' : sha256(JSON.stringify(step))
    case 'note':
      return side === 'before' ? '' : sha256(step.text)
  }
}

/** Writes what a plan makes of the catalogue's rows; gives the ids of new rows by their keys. */
function writeItems(catalogue: Catalogue, { state, outcome }: MadePlan, { at, newId }: Making) {
  const { sql, volumes } = catalogue
  const { items } = outcome.after
  const made = new Map<string, string>()
  const kept = new Set(items.map(({ key }) => key))
  for (const { key } of state.items) if (!kept.has(key)) removeItem(catalogue, key)
  const before = new Map(state.items.map((item) => [item.key, item]))
  for (const item of items) {
    const { title, documentNumber, responsible, date, firstPrinted, lastPrinted, remark } = item
    const typed = { title, documentNumber, responsible, date, firstPrinted, lastPrinted, remark }
    const was = before.get(item.key)
    if (was === undefined) {
      const id = newId()
      made.set(item.key, id)
      const fields = { templateRow: null, templateRowTitle: null, ...typed }
      volumes.insertItem({ id, bookId: item.bookId, fields, at })
    } else if (JSON.stringify({ ...was, sequence: 0 }) !== JSON.stringify({ ...item, sequence: 0 })) {
      const { templateRow, templateRowTitle } = volumes.requireItem(item.key)
      volumes.updateItem(item.key, { templateRow, templateRowTitle, ...typed }, at)
    }
    if (was?.sequence !== item.sequence)
      sql.run('UPDATE item SET sequence = ? WHERE id = ?', item.sequence, made.get(item.key) ?? item.key)
  }
  return made
}

/** Writes images, places, numbers and turns of all pages; gives the ids of new pages, and which show the paper now. */
function writePages(
  catalogue: Catalogue,
  { state, outcome }: MadePlan,
  items: ReadonlyMap<string, string>,
  making: Making,
): { readonly made: readonly string[]; readonly images: readonly PaperText[] } {
  const { sql } = catalogue
  const images: PaperText[] = []
  const before = new Map(state.pages.map((page) => [page.key, page]))
  const made: string[] = []
  const counted = new Map<string, number>()
  for (const page of outcome.after.pages) {
    const position = (counted.get(page.bookId) ?? 0) + 1
    counted.set(page.bookId, position)
    const isNew = !before.has(page.key)
    const { paperPageId } = page
    const image =
      paperPageId === null ? undefined : { ...paperImage(catalogue, paperPageId), turn: page.turn }
    let pageId = page.key
    if (image !== undefined && paperPageId !== null && isNew) {
      pageId = insertPage(catalogue, { ...page, paperPageId }, image, making)
      made.push(pageId)
    } else if (image !== undefined) addVersion(catalogue, pageId, image, making)
    else if (before.get(page.key)?.turn !== page.turn)
      sql.run(
        'UPDATE page_version SET turn = ? WHERE id = (SELECT current_version_id FROM page WHERE id = ?)',
        ...[page.turn, pageId],
      )
    if (paperPageId !== null) images.push({ pageId, paperPageId })
    const itemId = page.itemId === null ? null : (items.get(page.itemId) ?? page.itemId)
    sql.run(
      `UPDATE page SET book_id = ?, item_id = ?, position = ?, printed_number = ?, number_confirmed = ? WHERE id = ?`,
      ...[page.bookId, itemId, position, page.printedNumber, page.confirmed ? 1 : 0, pageId],
    )
  }
  return { made, images }
}

/** Withdraws pages, or puts them at the end of another volume; gives the volumes that they went to. */
function writeLeaving(catalogue: Catalogue, { outcome }: MadePlan, at: string): readonly string[] {
  const { sql, volumes, pages } = catalogue
  const targets = new Set<string>()
  for (const { pageId, toVolumeId } of outcome.leaving) {
    if (toVolumeId === null) {
      sql.run('UPDATE page SET withdrawn_at = ? WHERE id = ?', at, pageId)
      continue
    }
    targets.add(toVolumeId)
    const book = volumes.books(toVolumeId).at(-1)
    if (book === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'book', id: toVolumeId })
    sql.run(
      `UPDATE page SET book_id = ?, item_id = NULL, position = ?, printed_number = '', number_confirmed = 0
       WHERE id = ?`,
      ...[book.id, pages.lastPosition(book.id) + 1, pageId],
    )
  }
  for (const volumeId of targets) pages.mark(volumeId, [])
  return [...targets]
}

/** The differences that a plan settles, each with what its steps were about. */
function handledOnes(plan: MadePlan, known: readonly DifferenceRecord[]): readonly DifferenceRecord[] {
  return known.map((record) => {
    const mine = plan.steps.filter(({ differenceId }) => differenceId === record.id)
    return {
      ...record,
      beforeDigest: together(mine.map((step) => digestOf(step, plan, 'before'))),
      afterDigest: together(mine.map((step) => digestOf(step, plan, 'after'))),
    }
  })
}

/**
 * Makes all changes of a plan in one transaction: new versions, insertions, moves, withdrawals, turns, rows, numbers,
 * the line of 备考表 and the register. What has to be sealed anew is sealed before it. Killed at any moment, either all
 * of it stands or nothing.
 * @throws RECONCILE_WRONG_STATE, RECONCILE_CHANGED_MEANWHILE, RECONCILE_PLAN_IMPOSSIBLE, VAULT_COMPARTMENT_CLOSED
 */
export async function applyPlan(
  parts: SettlingParts,
  {
    volumeId,
    planId,
    by,
    approvalId,
  }: {
    readonly volumeId: string
    readonly planId: string
    readonly by: string
    readonly approvalId: string | null
  },
): Promise<PlanRecord> {
  const catalogue = parts.catalogue()
  const vault = parts.vault()
  const plans = planRecords(catalogue, vault)
  /** The plan worked out anew, which must come to what was prepared. */
  const worked = () => {
    const record = plans.require(volumeId, planId)
    if (record.state !== 'prepared') throw new AppError('RECONCILE_WRONG_STATE', { state: record.state })
    if (volumeDigest(readVolume(catalogue, volumeId)) !== record.beforeDigest)
      throw new AppError('RECONCILE_CHANGED_MEANWHILE')
    const plan = makePlan(catalogue, volumeId, record.reconciliationId, record.content.steps)
    if (plan.afterDigest !== record.afterDigest) throw new AppError('RECONCILE_CHANGED_MEANWHILE')
    return { record, plan }
  }

  const first = worked().plan
  const moving = first.outcome.leaving.flatMap(({ pageId, toVolumeId }): GoingPage[] =>
    toVolumeId === null ? [] : [{ pageId, toVolumeId }],
  )
  const sealed = await sealAnew(catalogue, vault, moving)
  const replaced = first.outcome.after.pages.filter(
    ({ key, paperPageId }) => paperPageId !== null && !key.startsWith('paper:'),
  )
  const others = first.outcome.leaving.filter(({ toVolumeId }) => toVolumeId === null)
  const leftTexts = [...replaced.map(({ key }) => key), ...others.map(({ pageId }) => pageId)].map((pageId) =>
    textPlace(catalogue, pageId),
  )
  const carried = takeTexts(parts, moving)

  const applied = catalogue.transaction(() => {
    const { record, plan } = worked()
    const differences = differenceRecords(catalogue)
    const known = differences.ofPlan(planId)
    const numbers = known.map(differenceNumber)
    const at = parts.now().toISOString()
    const making: Making = { at, by, reason: numbers.join('、') || '纸电核对', newId: parts.newId }
    const toVolumes = moving.map(({ toVolumeId }) => toVolumeId)
    const snapshots = [...new Set([volumeId, ...toVolumes])].map((id) => takeSnapshot(catalogue, id))
    const items = writeItems(catalogue, plan, making)
    const pages = writePages(catalogue, plan, items, making)
    const targets = writeLeaving(catalogue, plan, at)
    if (volumeDigest(readVolume(catalogue, volumeId)) !== record.afterDigest)
      throw new AppError('RECONCILE_CHANGED_MEANWHILE')

    const note = closingNote(catalogue, vault)
    const line = { at, by, numbers, planId }
    const done: PlanLine = {
      done: countSteps(plan.steps),
      pagesBefore: plan.state.pages.length,
      pagesAfter: plan.outcome.after.pages.length,
    }
    note.add(volumeId, { ...line, id: parts.newId(), text: '', plan: done })
    for (const words of plan.outcome.notes)
      note.add(volumeId, { ...line, id: parts.newId(), text: words, plan: null })
    const approval = approvalId === null ? undefined : catalogue.approvals.require(approvalId)
    const approved =
      approval === undefined || approval.decidedBy === null || approval.decidedAt === null
        ? null
        : { by: approval.decidedBy, at: approval.decidedAt, note: approval.decisionNote }
    for (const difference of handledOnes(plan, known))
      differences.save({ ...difference, state: 'handled', handled: { by, at }, approved, noted: true })
    const old = nameAnew(catalogue, vault, moving, sealed, false)
    catalogue.pages.recountCase(record.caseId, at)
    const after: PlanRecord = {
      ...{ ...record, state: 'applied', applied: { by, at }, approvalId, approvedBy: approved?.by ?? null },
      content: {
        ...{ ...record.content, snapshots },
        made: {
          ...{ pages: [...pages.made], items: [...items.values()] },
          targets: targets.map((id) => ({ volumeId: id, digest: volumeDigest(readVolume(catalogue, id)) })),
        },
      },
    }
    plans.save(after)
    return { after, old, images: pages.images }
  })
  // Their rows wait already: killed before this, the next round of reading does it.
  for (const { pageId, compartment } of leftTexts) parts.texts().remove(compartment, pageId)
  putTexts(parts, carried)
  putPaperTexts(parts, applied.images)
  await leaveOld(parts, applied.old)
  return applied.after
}
