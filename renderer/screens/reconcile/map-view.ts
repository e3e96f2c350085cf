/** Which stretch of the map shows: `scale` CSS pixels a column, `offset` columns left of the edge. */
export interface MapView {
  readonly scale: number
  readonly offset: number
}

/** At most so wide, so that a short volume does not become a row of barn doors. */
export const WIDEST_COLUMN = 44
const ROOM_BESIDE = 8

/** The scale at which the whole volume shows. */
export function wholeScale(columns: number, width: number): number {
  return Math.min(WIDEST_COLUMN, Math.max(1, width - 2 * ROOM_BESIDE) / Math.max(1, columns))
}

/** Never smaller than the whole, never beyond its ends. */
export function clampMap(view: MapView, columns: number, width: number): MapView {
  const scale = Math.min(WIDEST_COLUMN, Math.max(wholeScale(columns, width), view.scale))
  const shown = width / scale
  const beside = ROOM_BESIDE / scale
  if (columns + 2 * beside <= shown) return { scale, offset: (columns - shown) / 2 }
  return { scale, offset: Math.min(columns + beside - shown, Math.max(-beside, view.offset)) }
}

/** Zooms so that the column under `x` stays there. */
export function zoomMap(view: MapView, x: number, factor: number, columns: number, width: number): MapView {
  const { scale } = clampMap({ ...view, scale: view.scale * factor }, columns, width)
  return clampMap({ scale, offset: view.offset + x / view.scale - x / scale }, columns, width)
}

/** Moves as little as it takes to show a column with some neighbours. */
export function mapShowing(view: MapView, column: number, columns: number, width: number): MapView {
  const shown = width / view.scale
  const room = Math.min(3, shown / 4)
  const offset = Math.min(column - room, Math.max(view.offset, column + 1 + room - shown))
  return clampMap({ ...view, offset }, columns, width)
}

export function columnAt(view: MapView, x: number): number {
  return Math.floor(view.offset + x / view.scale)
}

export function xOf(view: MapView, column: number): number {
  return (column - view.offset) * view.scale
}
