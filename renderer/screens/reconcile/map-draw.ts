import type { CellState, MapLayout, Spot } from './map-layout.ts'
import { type MapView, xOf } from './map-view.ts'

export const MAP_HEIGHT = 112
const PAPER = { top: 18, height: 24 } as const
const PAGE = { top: 70, height: 24 } as const
const NUMBERS = { above: 12, below: 106 } as const
/** Narrower columns are drawn as a density, not one by one. */
const ONE_BY_ONE = 4
const SHAPES_FROM = 7
const NUMBERS_FROM = 24

/** The worst wins where several pages share a pixel. */
const RANK: Readonly<Record<CellState, number>> = {
  ...{ outside: 0, same: 1, changed: 2, duplicate: 3, unsure: 4, replaced: 5, extra: 6, missing: 7 },
}

export interface MapColours {
  readonly state: Readonly<Record<CellState, string>>
  readonly moved: string
  readonly line: string
  readonly ground: string
  readonly words: string
  readonly chosen: string
}

/** The colours as the style sheet has them now, light or dark. */
export function mapColours(element: Element): MapColours {
  const styles = getComputedStyle(element)
  const of = (name: string) => styles.getPropertyValue(`--map-${name}`).trim()
  return {
    state: {
      same: of('same'),
      changed: of('changed'),
      replaced: of('replaced'),
      missing: of('missing'),
      extra: of('extra'),
      duplicate: of('duplicate'),
      unsure: of('unsure'),
      outside: of('outside'),
    },
    moved: of('moved'),
    line: of('line'),
    ground: of('ground'),
    words: of('words'),
    chosen: of('chosen'),
  }
}

export interface MapDrawing {
  readonly layout: MapLayout
  readonly view: MapView
  readonly width: number
  readonly chosen: number | undefined
  readonly hovered: number | undefined
  readonly colours: MapColours
  readonly paperLabel: (index: number) => string
  readonly pageLabel: (index: number) => string
}

type Row = typeof PAPER | typeof PAGE
type Pen = CanvasRenderingContext2D

/** The sign inside a cell; a colour never speaks alone. */
function drawSign(pen: Pen, spot: Spot, x: number, row: Row, width: number, colours: MapColours): void {
  const middleX = x + width / 2
  const middleY = row.top + row.height / 2
  const reach = Math.min(6, width / 2 - 1.5)
  pen.strokeStyle = colours.ground
  pen.fillStyle = colours.ground
  pen.lineWidth = 1.6
  pen.beginPath()
  switch (spot.state) {
    case 'changed':
      pen.moveTo(middleX, middleY - reach)
      pen.lineTo(middleX + reach, middleY + reach)
      pen.lineTo(middleX - reach, middleY + reach)
      pen.closePath()
      pen.fill()
      return
    case 'replaced':
      pen.moveTo(middleX - reach, middleY - reach)
      pen.lineTo(middleX + reach, middleY + reach)
      pen.moveTo(middleX + reach, middleY - reach)
      pen.lineTo(middleX - reach, middleY + reach)
      break
    case 'missing':
      pen.moveTo(middleX - reach, middleY)
      pen.lineTo(middleX + reach, middleY)
      break
    case 'extra':
      pen.moveTo(middleX - reach, middleY)
      pen.lineTo(middleX + reach, middleY)
      pen.moveTo(middleX, middleY - reach)
      pen.lineTo(middleX, middleY + reach)
      break
    case 'duplicate':
      pen.moveTo(middleX - reach, middleY - 2.5)
      pen.lineTo(middleX + reach, middleY - 2.5)
      pen.moveTo(middleX - reach, middleY + 2.5)
      pen.lineTo(middleX + reach, middleY + 2.5)
      break
    case 'unsure':
      pen.font = '600 14px sans-serif'
      pen.textAlign = 'center'
      pen.fillText('?', middleX, middleY + 5)
      return
    case 'same':
    case 'outside':
      if (!spot.turned) return
      // Most of a circle with an arrow's head: turned.
      pen.arc(middleX, middleY, reach, Math.PI * 0.4, Math.PI * 1.9)
      pen.lineTo(middleX + reach - 5, middleY - reach + 1)
      break
  }
  pen.stroke()
}

function drawCell(pen: Pen, spot: Spot, x: number, row: Row, drawing: MapDrawing): void {
  const { colours, view } = drawing
  const width = Math.max(1, view.scale - (view.scale > ONE_BY_ONE + 2 ? 2 : 1))
  if (spot.state === 'outside') {
    pen.strokeStyle = colours.state.outside
    pen.lineWidth = 1
    pen.strokeRect(x + 0.5, row.top + 0.5, width - 1, row.height - 1)
  } else {
    pen.fillStyle = colours.state[spot.state]
    pen.fillRect(x, row.top, width, row.height)
  }
  if (view.scale >= SHAPES_FROM) drawSign(pen, spot, x, row, width, colours)
  if (spot.moved || spot.turned) {
    // A bar on the outer edge: this page stands elsewhere, or on its head.
    pen.fillStyle = colours.moved
    const top = row === PAPER ? row.top - 4 : row.top + row.height + 1
    if (spot.moved) pen.fillRect(x, top, width, 3)
    else {
      pen.beginPath()
      pen.arc(x + width / 2, top + 1.5, Math.min(2.5, width / 2), 0, 2 * Math.PI)
      pen.fill()
    }
  }
}

function drawGap(pen: Pen, x: number, row: Row, drawing: MapDrawing): void {
  const width = drawing.view.scale - 2
  if (width < 3) return
  pen.strokeStyle = drawing.colours.line
  pen.lineWidth = 1
  pen.setLineDash([3, 2])
  pen.strokeRect(x + 0.5, row.top + 0.5, width - 1, row.height - 1)
  pen.setLineDash([])
}

function drawDensity(pen: Pen, at: Int32Array, row: Row, drawing: MapDrawing): void {
  const { layout, view, width, colours } = drawing
  const abnormal: { readonly x: number; readonly state: CellState }[] = []
  for (let x = 0; x < width; x += 1) {
    const first = Math.max(0, Math.floor(view.offset + x / view.scale))
    const last = Math.min(layout.columns, Math.max(first + 1, Math.floor(view.offset + (x + 1) / view.scale)))
    let worst: CellState | undefined
    for (let column = first; column < last; column += 1) {
      const state = layout.spots[at[column] ?? -1]?.state
      if (state !== undefined && (worst === undefined || RANK[state] > RANK[worst])) worst = state
    }
    if (worst === undefined) continue
    pen.fillStyle = colours.state[worst]
    pen.fillRect(x, row.top, 1, row.height)
    if (worst !== 'same' && worst !== 'outside') abnormal.push({ x, state: worst })
  }
  for (const { x, state } of abnormal) {
    pen.fillStyle = colours.state[state]
    pen.fillRect(x - 0.5, row.top - 3, 2, row.height + 6)
  }
}

function drawLines(pen: Pen, drawing: MapDrawing, first: number, last: number): void {
  const { layout, view, colours, chosen, hovered } = drawing
  const [from, to] = [PAPER.top + PAPER.height + 4, PAGE.top - 4]
  const half = view.scale / 2
  const straight = view.scale >= ONE_BY_ONE
  const inSight = (column: number) => column >= first && column < last
  layout.spots.forEach((spot, at) => {
    const { paperColumn, pageColumn } = spot
    if (paperColumn === null || pageColumn === null) return
    const crosses = paperColumn !== pageColumn
    const marked = at === chosen || at === hovered
    if (!crosses && !straight && !marked) return
    if (!inSight(paperColumn) && !inSight(pageColumn)) return
    const [x1, x2] = [xOf(view, paperColumn) + half, xOf(view, pageColumn) + half]
    pen.strokeStyle = marked ? colours.chosen : crosses ? colours.moved : colours.line
    pen.lineWidth = marked ? 2.5 : crosses ? 1.8 : 1
    pen.setLineDash(spot.state === 'unsure' || spot.state === 'replaced' ? [4, 3] : [])
    pen.beginPath()
    pen.moveTo(x1, from)
    if (crosses) pen.bezierCurveTo(x1, from + 16, x2, to - 16, x2, to)
    else pen.lineTo(x2, to)
    pen.stroke()
  })
  pen.setLineDash([])
}

function drawRibbon(
  pen: Pen,
  drawing: MapDrawing,
  side: 'paper' | 'page',
  first: number,
  last: number,
): void {
  const { layout, view, colours } = drawing
  const row = side === 'paper' ? PAPER : PAGE
  const at = side === 'paper' ? layout.paperAt : layout.pageAt
  if (view.scale < ONE_BY_ONE) {
    drawDensity(pen, at, row, drawing)
    return
  }
  for (let column = first; column < last; column += 1) {
    const x = xOf(view, column) + 1
    const spot = layout.spots[at[column] ?? -1]
    if (spot === undefined) {
      drawGap(pen, x, row, drawing)
      continue
    }
    drawCell(pen, spot, x, row, drawing)
    if (view.scale < NUMBERS_FROM) continue
    const index = side === 'paper' ? spot.paperIndex : spot.pageIndex
    pen.fillStyle = colours.words
    pen.font = '11px sans-serif'
    pen.textAlign = 'center'
    const label = side === 'paper' ? drawing.paperLabel(index ?? 0) : drawing.pageLabel(index ?? 0)
    pen.fillText(label, x + view.scale / 2 - 1, side === 'paper' ? NUMBERS.above - 1 : NUMBERS.below + 3)
  }
}

function drawChosen(pen: Pen, drawing: MapDrawing, at: number | undefined): void {
  const spot = at === undefined ? undefined : drawing.layout.spots[at]
  if (spot === undefined) return
  const { view, colours } = drawing
  const width = Math.max(4, view.scale)
  pen.strokeStyle = colours.chosen
  pen.lineWidth = 2
  for (const [column, row] of [[spot.paperColumn, PAPER] as const, [spot.pageColumn, PAGE] as const]) {
    if (column === null) continue
    const x = xOf(view, column) + view.scale / 2 - width / 2
    pen.strokeRect(x - 1, row.top - 2, width + 1, row.height + 4)
  }
}

/** Draws the stretch in sight: two ribbons, gaps, lines between what belongs together. */
export function drawMap(pen: Pen, drawing: MapDrawing): void {
  const { view, width, layout, chosen, hovered } = drawing
  pen.clearRect(0, 0, width, MAP_HEIGHT)
  const first = Math.max(0, Math.floor(view.offset))
  const last = Math.min(layout.columns, Math.ceil(view.offset + width / view.scale))
  drawLines(pen, drawing, first, last)
  drawRibbon(pen, drawing, 'paper', first, last)
  drawRibbon(pen, drawing, 'page', first, last)
  if (hovered !== chosen) drawChosen(pen, drawing, hovered)
  drawChosen(pen, drawing, chosen)
}

/** Which ribbon a height belongs to; the room between them belongs to the nearer one. */
export function rowAt(y: number): 'paper' | 'page' {
  return y < (PAPER.top + PAPER.height + PAGE.top) / 2 ? 'paper' : 'page'
}
