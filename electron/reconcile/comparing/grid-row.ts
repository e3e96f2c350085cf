/** Values at the nodes of a grid, the first half a step from the corner. */
export interface NodeGrid {
  readonly columns: number
  readonly rows: number
  /** Pixels from node to node. */
  readonly step: number
}

/** One row of pixels (`y`, into `out`) of what lies bilinearly between the nodes; beyond them the nearest counts. */
export function rowOfGrid(
  values: Float32Array,
  { columns, rows, step }: NodeGrid,
  y: number,
  out: Float32Array,
): void {
  const down = Math.min(rows - 1, Math.max(0, (y + 0.5) / step - 0.5))
  const above = Math.floor(down)
  const below = Math.min(rows - 1, above + 1)
  const part = down - above
  const node = (column: number): number => {
    const upper = values[above * columns + column] as number
    return upper + ((values[below * columns + column] as number) - upper) * part
  }
  let value = node(0)
  let x = 0
  for (let column = 0; column < columns; column++) {
    const start = (column + 0.5) * step - 0.5
    const end = column === columns - 1 ? out.length : Math.min(out.length, Math.ceil(start + step))
    const next = node(Math.min(columns - 1, column + 1))
    const rise = (next - value) / step
    while (x < out.length && x < start) out[x++] = value
    for (let at = value + (x - start) * rise; x < end; x++, at += rise) out[x] = at
    value = next
  }
}
