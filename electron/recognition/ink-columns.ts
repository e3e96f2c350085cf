import type { Pixels } from './page-pixels.ts'

/** How much ink each column of a line bears: 0 for paper. */
export function inkColumns({ data, width, height }: Pixels): Float32Array {
  const histogram = new Uint32Array(256)
  const grey = new Uint8Array(width * height)
  for (let at = 0; at < grey.length; at++) {
    const value = Math.min(data[at * 3] ?? 255, data[at * 3 + 1] ?? 255, data[at * 3 + 2] ?? 255)
    grey[at] = value
    histogram[value] = (histogram[value] ?? 0) + 1
  }
  let paper = 255
  for (let seen = 0; paper > 0; paper--) {
    seen += histogram[paper] ?? 0
    if (seen >= grey.length * 0.4) break
  }
  const columns = new Float32Array(width)
  // A frame's ruling at the very edge of the line is not its ink.
  const rim = Math.round(height * 0.1)
  for (let y = rim; y < height - rim; y++) {
    for (let x = 0; x < width; x++) {
      const dark = paper - (grey[y * width + x] ?? 255)
      if (dark > 30) columns[x] = (columns[x] ?? 0) + dark
    }
  }
  return columns
}
