import type { ProofPoint } from '../../../shared/domain/reconcile/proof.ts'
import { canonicalJson, type Json } from '../../canonical-json.ts'
import type { Catalogue } from '../../catalogue/index.ts'
import type { OpenVault } from '../../vault/index.ts'
import { checkImages, pageImagesOf, paperImagesOf, placeWords } from './check-images.ts'
import { differencesById, gatherNotes } from './gather-differences.ts'
import { provenPaper } from './gather-report.ts'
import { type ProofWork, UNWATCHED } from './proof-work.ts'
import { attachedHashes, wrongAttachments } from './report-attachments.ts'
import type { ProofReport, ReportedDifference } from './report-shape.ts'
import { provenBooks, provenCover, provenPages } from './volume-sides.ts'

export interface VerifiedPoint {
  readonly code: ProofPoint
  readonly ok: boolean
  /** What is wrong and where, or what was checked; in words. */
  readonly detail: string
}

/** More than these say no more. */
const MOST_NAMED = 12

const same = (one: unknown, other: unknown) => canonicalJson(one as Json) === canonicalJson(other as Json)

const sameHashes = (...sides: readonly [ReportedDifference, ReportedDifference]) => {
  const [one, other] = sides.map((side) => attachedHashes(side).toSorted())
  return same(one, other)
}

function point(code: ProofPoint, wrong: readonly string[], right: string): VerifiedPoint {
  if (wrong.length === 0) return { code, ok: true, detail: right }
  const more = wrong.length > MOST_NAMED ? ` 等 ${wrong.length} 处` : ''
  return { code, ok: false, detail: `${wrong.slice(0, MOST_NAMED).join('；')}${more}` }
}

function comparePages(catalogue: Catalogue, { pages, volume }: ProofReport): readonly VerifiedPoint[] {
  const now = provenPages(catalogue, volume.id)
  const standing = new Map(now.map((page) => [page.id, page]))
  const reported = new Set(pages.map(({ id }) => id))
  const wrong: string[] = []
  const moved: string[] = []
  for (const page of pages) {
    const place = placeWords(page.position, page.printed)
    const current = standing.get(page.id)
    if (current === undefined) wrong.push(`${place}已不在卷内`)
    else if (current.version !== page.version) wrong.push(`${place}已换为第 ${current.versionNumber} 版`)
    else if (current.sha256 !== page.sha256) wrong.push(`${place}的登记哈希已改`)
    else if (!same(current, page)) moved.push(`${place}的位置、页码、方向或归属已变`)
  }
  for (const page of now)
    if (!reported.has(page.id)) wrong.push(`${placeWords(page.position, page.printed)}是报告之后新增`)
  const kept = now.filter(({ id }) => reported.has(id)).map(({ id }) => id)
  const wanted = pages.filter(({ id }) => standing.has(id)).map(({ id }) => id)
  const firstMoved = wanted.findIndex((id, place) => kept[place] !== id)
  if (firstMoved !== -1 && moved.length === 0) moved.push(`第 ${firstMoved + 1} 页起顺序已变`)
  return [point('pages', wrong, `${pages.length} 页`), point('order', moved, `${pages.length} 页`)]
}

async function compareImages(
  catalogue: Catalogue,
  vault: OpenVault,
  report: ProofReport,
  work: ProofWork,
): Promise<readonly VerifiedPoint[]> {
  // The hashes are the report's own: what the catalogue says of an image is not believed.
  const byVersion = new Map(report.pages.map(({ version, sha256 }) => [version, sha256]))
  const pages = pageImagesOf(catalogue, report.volume.id).flatMap((image) => {
    const sha256 = byVersion.get(image.id)
    return sha256 === undefined ? [] : [{ ...image, sha256 }]
  })
  const byPaper = new Map(report.paperPages.map(({ id, sha256 }) => [id, sha256]))
  const paper = paperImagesOf(catalogue, report.reconciliation.id).flatMap((image) => {
    const sha256 = byPaper.get(image.id)
    return sha256 === undefined ? [] : [{ ...image, sha256 }]
  })
  const checked = await checkImages(vault, [...pages, ...paper], work)
  const isPaper = new Set(paper.map(({ id }) => id))
  const words = checked.damaged.map(({ id, place }) => ({ id, text: `${place}的封存影像已损坏或缺失` }))
  const paperChanged = same(provenPaper(catalogue, report.reconciliation.id), report.paperPages)
    ? []
    : ['纸质重扫的页与报告不同']
  return [
    point(
      'objects',
      words.filter(({ id }) => !isPaper.has(id)).map(({ text }) => text),
      `${pages.length} 幅`,
    ),
    point(
      'paper',
      [...paperChanged, ...words.filter(({ id }) => isPaper.has(id)).map(({ text }) => text)],
      `${paper.length} 幅`,
    ),
  ]
}

function compareCatalogue(catalogue: Catalogue, report: ProofReport): VerifiedPoint {
  const now = provenBooks(catalogue, report.volume.id)
  const rows = (books: typeof now) =>
    new Map(books.flatMap(({ items }) => items).map((item) => [item.id, item]))
  const [then, standing] = [rows(report.books), rows(now)]
  const wrong: string[] = []
  for (const [id, item] of then) {
    const current = standing.get(id)
    if (current === undefined) wrong.push(`目录第 ${item.sequence} 条已不在`)
    else if (!same(current, item)) wrong.push(`目录第 ${item.sequence} 条已改`)
  }
  for (const [id, item] of standing) if (!then.has(id)) wrong.push(`目录第 ${item.sequence} 条是新增`)
  if (wrong.length === 0 && !same(now, report.books)) wrong.push('分册有变化')
  if (!same(provenCover(catalogue, report.case.id), report.case.cover)) wrong.push('封面信息已改')
  return point('catalogue', wrong, `${then.size} 条`)
}

function compareDifferences(catalogue: Catalogue, vault: OpenVault, report: ProofReport): VerifiedPoint {
  const ids = report.differences.map(({ id }) => id)
  const now = differencesById(catalogue, vault, report.volume.id, ids)
  const wrong = report.differences.flatMap((difference) => {
    const current = now.get(difference.id)
    if (current === undefined) return [`${difference.number} 已不在登记簿`]
    // Which image stands now is told by the points about pages.
    const { pictures: _, attachment: older, attachments: attached, ...then } = difference
    const { pictures: __, attachments: attachedNow, ...standing } = current
    const sameAttached =
      older === undefined ? same(attached ?? [], attachedNow ?? []) : sameHashes(difference, current)
    return same(then, standing) && sameAttached ? [] : [`${difference.number} 的登记已改`]
  })
  const notes = new Map(gatherNotes(catalogue, vault, report.volume.id).map((note) => [note.id, note]))
  const lost = report.notes.filter((note) => !same(notes.get(note.id) ?? null, note))
  return point(
    'differences',
    [...wrong, ...(lost.length === 0 ? [] : [`备考表有 ${lost.length} 行已改或不在`])],
    `${ids.length} 项`,
  )
}

async function compareAttachments(
  catalogue: Catalogue,
  vault: OpenVault,
  { differences }: ProofReport,
  work: ProofWork,
): Promise<VerifiedPoint> {
  const { wrong, checked, elsewhere } = await wrongAttachments(catalogue, vault, differences, work)
  return point(
    'attachments',
    wrong,
    `${checked} 份${elsewhere === 0 ? '' : `，另 ${elsewhere} 份在副卷，未开启`}`,
  )
}

/** The points about the volume itself: what a report says of it against what stands. */
export async function volumePoints(
  catalogue: Catalogue,
  vault: OpenVault,
  report: ProofReport,
  work: ProofWork = UNWATCHED,
): Promise<readonly VerifiedPoint[]> {
  const [objects, paper] = await compareImages(catalogue, vault, report, work)
  return [
    ...comparePages(catalogue, report),
    ...(objects === undefined ? [] : [objects]),
    compareCatalogue(catalogue, report),
    ...(paper === undefined ? [] : [paper]),
    compareDifferences(catalogue, vault, report),
    await compareAttachments(catalogue, vault, report, work),
  ]
}
