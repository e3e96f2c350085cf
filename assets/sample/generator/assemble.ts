import type { CatalogueRow } from './documents/binder.ts'
import { blank, catalogue, closingNote, cover } from './documents/binder.ts'
import type { DegradeOptions } from './page/degrade.ts'
import type { ImageFormat } from './page/encode.ts'
import type { Mark, PageSpec } from './page/marks.ts'
import { createRandom, seedFrom } from './page/random.ts'
import type { ItemPlan, VolumePlan } from './plan.ts'

export type PageKind = 'cover' | 'catalogue' | 'note' | 'content' | 'blank'
export type Side = 'A' | 'B'

/** One image to be made, with its place in the volume. */
export interface PlannedPage {
  readonly id: string
  readonly seed: number
  readonly spec: PageSpec
  readonly kind: PageKind
  readonly sheet: number
  readonly side: Side
  /** As struck on the paper; null where the page bears none. */
  readonly printed: string | null
  /** 1-based row of the 卷内目录; null for system pages. */
  readonly item: number | null
  readonly format: ImageFormat
  /** Relative to the sample folder. */
  readonly file: string
  /** 0-based page inside the file. */
  readonly frame: number
  readonly scan: DegradeOptions
  /** The page on the other side of the sheet, when both carry text. */
  readonly behindId: string | null
}

export interface AssembledVolume {
  readonly plan: VolumePlan
  readonly pages: readonly PlannedPage[]
  readonly rows: readonly CatalogueRow[]
  readonly numbered: number
}

interface Draft {
  readonly spec: PageSpec
  readonly kind: PageKind
  readonly side: Side
  readonly newSheet: boolean
  readonly item: number | null
  readonly plan: ItemPlan | null
}

const extensions: Record<ImageFormat, string> = {
  jpeg: 'jpg',
  png: 'png',
  pdf: 'pdf',
  'tiff-g4': 'tif',
  'tiff-lzw': 'tif',
  'tiff-jpeg': 'tif',
}

const three = (value: number): string => String(value).padStart(3, '0')

/** Front upper right, back upper left. */
function numbered(spec: PageSpec, printed: string | null, side: Side): PageSpec {
  if (printed === null) return spec
  const mark: Mark = { kind: 'number', text: printed, x: side === 'A' ? 190 : 13, y: 15 }
  return { ...spec, marks: [...spec.marks, mark] }
}

/** What an ordinary office scanner adds to every page; the plan's own options override it. */
function scanOptions(
  seed: number,
  sheetSeed: number,
  side: Side,
  kind: PageKind,
  own: DegradeOptions,
): DegradeOptions {
  const random = createRandom(seed ^ 0x5ca11)
  const warmth = createRandom(sheetSeed).between(0, 0.02)
  const usual: DegradeOptions = {
    skewDeg: random.between(-0.6, 0.6),
    noise: 2,
    tint: [0.985, 0.98 - warmth / 2, 0.968 - warmth * 1.6],
    uneven: kind === 'cover' ? 9 : 4,
    edgeShadow: random.between(14, 34),
    bindingEdge: side === 'A' ? 'left' : 'right',
    holes: true,
    specks: random.whole(2, 14),
    blur: 0.5,
  }
  return { ...usual, ...own }
}

function draftsOf(plan: VolumePlan, rows: readonly CatalogueRow[], pages: number): Draft[] {
  const single = (spec: PageSpec, kind: PageKind): Draft => ({
    spec,
    kind,
    side: 'A',
    newSheet: true,
    item: null,
    plan: null,
  })
  const drafts = [
    single(cover(plan.name, rows.length, pages), 'cover'),
    single(catalogue(plan.name, rows), 'catalogue'),
  ]
  plan.items.forEach((item, index) => {
    item.pages.forEach((spec, at) => {
      const back = item.duplex === true && at % 2 === 1
      drafts.push({
        spec,
        kind: 'content',
        side: back ? 'B' : 'A',
        newSheet: !back,
        item: index + 1,
        plan: item,
      })
    })
    if (item.blankBack === true)
      drafts.push({
        spec: blank(),
        kind: 'blank',
        side: 'B',
        newSheet: false,
        item: index + 1,
        plan: { ...item, format: 'jpeg' },
      })
  })
  if (plan.note !== null) drafts.push(single(closingNote(rows.length, pages, plan.note(rows)), 'note'))
  return drafts
}

/** Ranges of the catalogue follow from the page counts: ascending, without overlap or hole. */
function rowsOf(plan: VolumePlan): { rows: CatalogueRow[]; pages: number } {
  let last = 0
  const rows = plan.items.map((item): CatalogueRow => {
    const first = last + 1
    last += item.pages.length
    return { title: item.title, first: String(first), last: String(last), remark: item.remark }
  })
  return { rows, pages: last }
}

export function assemble(plan: VolumePlan, baseSeed: number): AssembledVolume {
  const { rows, pages: count } = rowsOf(plan)
  const drafts = draftsOf(plan, rows, count)
  let sheet = 0
  let number = 0
  const sheets = drafts.map((draft) => {
    if (draft.newSheet) sheet += 1
    return sheet
  })
  const idAt = (index: number): string => `${plan.code}-${three(index + 1)}`
  const pages = drafts.map((draft, index): PlannedPage => {
    const id = idAt(index)
    const seed = (seedFrom(id) ^ baseSeed) >>> 0
    if (draft.kind === 'content') number += 1
    const printed = draft.kind === 'content' ? String(number) : null
    const several = draft.plan?.format === 'pdf' || draft.plan?.format === 'tiff-g4'
    const group = several ? drafts.findIndex((other) => other.item === draft.item) : index
    const members = several ? drafts.filter((other) => other.item === draft.item).length : 1
    const span = members > 1 ? `${three(group + 1)}-${three(group + members)}` : three(group + 1)
    const label =
      draft.plan?.fileName === undefined || draft.kind === 'blank' ? '' : `_${draft.plan.fileName}`
    const format = draft.plan?.format ?? 'jpeg'
    const otherSide = drafts.findIndex(
      (other, at) => at !== index && sheets[at] === sheets[index] && other.kind === 'content',
    )
    return {
      id,
      seed,
      spec: numbered(draft.spec, printed, draft.side),
      kind: draft.kind,
      sheet: sheets[index] ?? 0,
      side: draft.side,
      printed,
      item: draft.item,
      format,
      file: `scans/${plan.name}/${span}${label}.${extensions[format]}`,
      frame: index - group,
      scan: scanOptions(
        seed,
        seedFrom(`${plan.code} sheet ${sheets[index]}`),
        draft.side,
        draft.kind,
        draft.kind === 'blank' ? { showThrough: 0.1 } : (draft.plan?.scan ?? {}),
      ),
      behindId: otherSide === -1 ? null : idAt(otherSide),
    }
  })
  return { plan, pages, rows, numbered: count }
}
