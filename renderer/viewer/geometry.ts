/**
 * Where page images stand on the stage. Content coordinates are image pixels of the sheet as laid out; stage
 * coordinates are CSS pixels from the top left corner of the stage. Nothing here touches the DOM.
 */

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** A content point `p` shows at `p * scale + (x, y)`. */
export interface View {
  readonly scale: number
  readonly x: number
  readonly y: number
}

export interface Box extends Point, Size {}

export type Rotation = 0 | 90 | 180 | 270
export type Fit = 'width' | 'page'

export const LARGEST_SCALE = 8
/** Free room round the sheet, in CSS pixels. */
export const STAGE_MARGIN = 12

/** Zoom steps as shares of one image pixel per device pixel. */
const LADDER = [0.05, 0.08, 0.12, 0.17, 0.25, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 4, 6, 8] as const

/** Changes the scale so that whatever is under `point` stays under it. */
export function zoomAbout(view: View, point: Point, scale: number): View {
  const ratio = scale / view.scale
  return {
    scale,
    x: point.x - (point.x - view.x) * ratio,
    y: point.y - (point.y - view.y) * ratio,
  }
}

export function contentPointAt(view: View, point: Point): Point {
  return { x: (point.x - view.x) / view.scale, y: (point.y - view.y) / view.scale }
}

/** The scale that shows the whole width, or the whole sheet, with a margin round it. */
export function fitScale(content: Size, stage: Size, fit: Fit, margin = STAGE_MARGIN): number {
  const across = Math.max(1, stage.width - 2 * margin) / Math.max(1, content.width)
  if (fit === 'width') return across
  return Math.min(across, Math.max(1, stage.height - 2 * margin) / Math.max(1, content.height))
}

/** Never smaller than half of what fits, so that the sheet cannot be lost; never larger than eight times. */
export function clampScale(scale: number, content: Size, stage: Size): number {
  const smallest = Math.min(LARGEST_SCALE, fitScale(content, stage, 'page') / 2)
  return Math.min(LARGEST_SCALE, Math.max(smallest, scale))
}

function clampAxis(offset: number, length: number, room: number, margin: number): number {
  if (length + 2 * margin <= room) return (room - length) / 2
  return Math.min(margin, Math.max(room - margin - length, offset))
}

/** Centres what is smaller than the stage and stops what is larger at its edges. */
export function clampView(view: View, content: Size, stage: Size, margin = STAGE_MARGIN): View {
  return {
    scale: view.scale,
    x: clampAxis(view.x, content.width * view.scale, stage.width, margin),
    y: clampAxis(view.y, content.height * view.scale, stage.height, margin),
  }
}

export type Anchor = 'top' | 'bottom'

/** The view on a sheet that has just been opened: its top, or its end when paging backwards. */
export function openingView(content: Size, stage: Size, scale: number, anchor: Anchor): View {
  const y = anchor === 'top' ? STAGE_MARGIN : stage.height - STAGE_MARGIN - content.height * scale
  const x = (stage.width - content.width * scale) / 2
  return clampView({ scale, x, y }, content, stage)
}

/** The next step of the zoom ladder up or down. `devicePixelRatio` makes 100 % one image pixel a device pixel. */
export function steppedScale(scale: number, direction: 1 | -1, devicePixelRatio = 1): number {
  const share = scale * devicePixelRatio
  const next =
    direction === 1
      ? LADDER.find((step) => step > share * 1.02)
      : LADDER.findLast((step) => step < share * 0.98)
  return (next ?? (direction === 1 ? LADDER[LADDER.length - 1] : LADDER[0]) ?? share) / devicePixelRatio
}

export interface SpreadRule {
  readonly spread: boolean
  /** The first page stands alone, so that pages face each other as in the bound book. */
  readonly coverAlone: boolean
}

/** First index and count of the one or two pages shown together with page `index`. */
export function spreadAt(
  index: number,
  total: number,
  rule: SpreadRule,
): { readonly start: number; readonly count: number } {
  if (total <= 0) return { start: 0, count: 0 }
  const at = Math.min(total - 1, Math.max(0, index))
  if (!rule.spread) return { start: at, count: 1 }
  const shift = rule.coverAlone ? 1 : 0
  if (at < shift) return { start: 0, count: 1 }
  const start = at - ((at - shift) % 2)
  return { start, count: Math.min(2, total - start) }
}

/** The index to show after a step of one sheet; stays where it is at either end. */
export function neighbourOf(index: number, total: number, rule: SpreadRule, direction: 1 | -1): number {
  const here = spreadAt(index, total, rule)
  const target = direction === 1 ? here.start + here.count : here.start - 1
  if (target < 0 || target >= total) return index
  return spreadAt(target, total, rule).start
}

const ROTATIONS: readonly Rotation[] = [0, 90, 180, 270]

/** How a page is turned in all: by the person who looks, over how the page itself is put upright. */
export function turnedBy(rotation: Rotation, turn: Rotation = 0): Rotation {
  return ROTATIONS[((rotation + turn) / 90) % 4] ?? 0
}

/**
 * The point of the unturned image, as parts of its width and height, that shows at `point`; `shown` is where the
 * turned image stands.
 */
export function imagePartAt(shown: Box, rotation: Rotation, point: Point): Point {
  const across = (point.x - shown.x) / Math.max(1e-9, shown.width)
  const down = (point.y - shown.y) / Math.max(1e-9, shown.height)
  switch (rotation) {
    case 0:
      return { x: across, y: down }
    case 90:
      return { x: down, y: 1 - across }
    case 180:
      return { x: 1 - across, y: 1 - down }
    case 270:
      return { x: 1 - down, y: across }
  }
}

/** Where a part of the unturned image shows: the other way round. */
export function shownPartOf(rotation: Rotation, part: Point): Point {
  switch (rotation) {
    case 0:
      return part
    case 90:
      return { x: 1 - part.y, y: part.x }
    case 180:
      return { x: 1 - part.x, y: 1 - part.y }
    case 270:
      return { x: part.y, y: 1 - part.x }
  }
}

/** The smallest box round all corners of quads. */
export function boxAround(quads: readonly (readonly number[])[]): Box | undefined {
  const across = quads.flatMap((quad) => quad.filter((_, place) => place % 2 === 0))
  const down = quads.flatMap((quad) => quad.filter((_, place) => place % 2 === 1))
  if (across.length === 0 || down.length === 0) return undefined
  const [x, y] = [Math.min(...across), Math.min(...down)]
  return { x, y, width: Math.max(...across) - x, height: Math.max(...down) - y }
}

/** Moves the view just as far as it takes to show `target`, in content coordinates, with room round it. */
export function viewShowing(view: View, target: Box, stage: Size, room = 60): View {
  const shift = (from: number, length: number, offset: number, extent: number) => {
    const begin = from * view.scale + offset
    const end = begin + length * view.scale
    if (begin >= room && end <= extent - room) return offset
    return offset + extent / 2 - (begin + end) / 2
  }
  return {
    scale: view.scale,
    x: shift(target.x, target.width, view.x, stage.width),
    y: shift(target.y, target.height, view.y, stage.height),
  }
}

export interface SheetPage extends Size {
  readonly dpi: number | null
}

export interface SheetLayout {
  readonly size: Size
  /** One box a page, already turned. */
  readonly boxes: readonly Box[]
}

export function rotatedSize(size: Size, rotation: Rotation): Size {
  return rotation === 90 || rotation === 270 ? { width: size.height, height: size.width } : size
}

/** Pages side by side, as large as on paper when every resolution is known, else equally wide. */
export function layoutSheet(pages: readonly SheetPage[], rotation: Rotation, gap = 12): SheetLayout {
  const first = pages[0]
  if (first === undefined) return { size: { width: 1, height: 1 }, boxes: [] }
  const sizes = pages.map((page) => {
    const factor =
      first.dpi !== null && page.dpi !== null && first.dpi > 0 && page.dpi > 0
        ? first.dpi / page.dpi
        : first.width / Math.max(1, page.width)
    return rotatedSize({ width: page.width * factor, height: page.height * factor }, rotation)
  })
  const height = Math.max(...sizes.map((size) => size.height))
  let x = 0
  const boxes = sizes.map((size) => {
    const box = { x, y: (height - size.height) / 2, ...size }
    x += size.width + gap
    return box
  })
  return { size: { width: x - gap, height }, boxes }
}

/** Whole device pixels, so that thin strokes do not blur. */
export function snapped(view: View, devicePixelRatio: number): View {
  return {
    scale: view.scale,
    x: Math.round(view.x * devicePixelRatio) / devicePixelRatio,
    y: Math.round(view.y * devicePixelRatio) / devicePixelRatio,
  }
}

/** A view on the way from one to another, `share` from 0 to 1; the scale moves evenly to the eye. */
export function between(from: View, to: View, share: number): View {
  if (share >= 1) return to
  const scale = from.scale * (to.scale / from.scale) ** share
  if (Math.abs(to.scale - from.scale) < 1e-9) {
    return { scale, x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
  }
  const along = (scale - from.scale) / (to.scale - from.scale)
  return { scale, x: from.x + (to.x - from.x) * along, y: from.y + (to.y - from.y) * along }
}
