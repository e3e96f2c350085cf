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
  const out = emptyPlane(width, height)
  const wide = out.data
  // One column more at either end, always blank.
  const row = new Uint8Array(width + 2)
  for (let y = 0; y < height; y++) {
    const above = y > 0 ? -width : 0
    const below = y < height - 1 ? width : 0
    const first = y * width
    for (let x = 0; x < width; x++) {
      const at = first + x
      const a = data[at + above] as number
      const b = data[at] as number
      const c = data[at + below] as number
      const most = a > b ? a : b
      row[x + 1] = most > c ? most : c
    }
    for (let x = 0; x < width; x++) {
      const a = row[x] as number
      const b = row[x + 1] as number
      const c = row[x + 2] as number
      const most = a > b ? a : b
      wide[first + x] = most > c ? most : c
    }
  }
  return out
}

/** Mean over three by three pixels; the outermost row and column stay. */
export function softened({ width, height, data }: Plane): Plane {
  const out = emptyPlane(width, height)
  out.data.set(data.subarray(0, width))
  out.data.set(data.subarray((height - 1) * width), (height - 1) * width)
  const row = new Uint16Array(width)
  for (let y = 1; y < height - 1; y++) {
    const first = y * width
    for (let x = 0; x < width; x++) {
      const at = first + x
      row[x] = (data[at - width] as number) + (data[at] as number) + (data[at + width] as number)
    }
    out.data[first] = data[first] as number
    out.data[first + width - 1] = data[first + width - 1] as number
    for (let x = 1; x < width - 1; x++) {
      const sum = (row[x - 1] as number) + (row[x] as number) + (row[x + 1] as number)
      // A ninth, in whole numbers: right for every sum of nine bytes.
      out.data[first + x] = (sum * 7282) >> 16
    }
  }
  return out
}

/** How often each value occurs. */
export function histogramOf(data: Uint8Array): Uint32Array {
  const counts = new Uint32Array(256)
  for (let at = 0; at < data.length; at++) {
    const value = data[at] as number
    counts[value] = (counts[value] as number) + 1
  }
  return counts
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
    const above = y * stride + 1
    const here = above + stride
    for (let x = 0, at = y * width; x < width; x++, at++) {
      row += data[at] as number
      sums[here + x] = (sums[above + x] as number) + row
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
