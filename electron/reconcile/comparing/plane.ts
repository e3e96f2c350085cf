/** One value (0 to 255) a pixel, row by row. */
export interface Plane {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

export function emptyPlane(width: number, height: number): Plane {
  return { width, height, data: new Uint8Array(width * height) }
}

/** Half as wide and high, each pixel the mean of four. */
export function halved({ width, height, data }: Plane): Plane {
  const half = emptyPlane(width >> 1, height >> 1)
  let to = 0
  for (let y = 0; y < half.height; y++) {
    let from = 2 * y * width
    for (let x = 0; x < half.width; x++, from += 2, to++) {
      half.data[to] =
        ((data[from] as number) +
          (data[from + 1] as number) +
          (data[from + width] as number) +
          (data[from + width + 1] as number) +
          2) >>
        2
    }
  }
  return half
}

/** The largest value of each pixel and its eight neighbours. */
export function widened({ width, height, data }: Plane): Plane {
  const rows = new Uint8Array(data.length)
  for (let y = 0; y < height; y++) {
    const first = y * width
    let before = 0
    let here = data[first] as number
    for (let at = first; at < first + width; at++) {
      const after = at + 1 < first + width ? (data[at + 1] as number) : 0
      const most = before > here ? before : here
      rows[at] = most > after ? most : after
      before = here
      here = after
    }
  }
  const out = emptyPlane(width, height)
  for (let y = 0; y < height; y++) {
    const above = y > 0 ? -width : 0
    const below = y < height - 1 ? width : 0
    for (let at = y * width; at < (y + 1) * width; at++) {
      const [a, b, c] = [rows[at + above] as number, rows[at] as number, rows[at + below] as number]
      const most = a > b ? a : b
      out.data[at] = most > c ? most : c
    }
  }
  return out
}

/** Mean over three by three pixels; the outermost row and column stay. */
export function softened({ width, height, data }: Plane): Plane {
  const out = emptyPlane(width, height)
  out.data.set(data)
  const rows = new Uint16Array(data.length)
  for (let at = 1; at < data.length - 1; at++)
    rows[at] = (data[at - 1] as number) + (data[at] as number) + (data[at + 1] as number)
  for (let y = 1; y < height - 1; y++) {
    for (let at = y * width + 1; at < (y + 1) * width - 1; at++)
      out.data[at] = ((rows[at - width] as number) + (rows[at] as number) + (rows[at + width] as number)) / 9
  }
  return out
}

/** Sums from the top left corner, one wider and higher than the plane: any rectangle's sum in four look-ups. */
export interface Sums {
  readonly stride: number
  readonly data: Uint32Array
}

export function sumsOf({ width, height, data }: Plane): Sums {
  const stride = width + 1
  const sums = new Uint32Array(stride * (height + 1))
  for (let y = 0; y < height; y++) {
    let row = 0
    for (let x = 0; x < width; x++) {
      row += data[y * width + x] as number
      sums[(y + 1) * stride + x + 1] = (sums[y * stride + x + 1] as number) + row
    }
  }
  return { stride, data: sums }
}

export function sumIn(
  { stride, data }: Sums,
  left: number,
  top: number,
  right: number,
  bottom: number,
): number {
  return (
    (data[bottom * stride + right] as number) -
    (data[top * stride + right] as number) -
    (data[bottom * stride + left] as number) +
    (data[top * stride + left] as number)
  )
}
