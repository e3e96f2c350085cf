import sharp from 'sharp'

/** Edges carry shadows, punch holes and the scanner's bed: they say nothing of content. */
const EDGE = 0.08
/** How much darker than the paper a spot must be to count as ink; show-through stays below. */
const INK_CONTRAST = 26
/** Above this share of ink spots somebody wrote on the side. */
const INK_SHARE = 0.0012

/** A thumbnail without content compresses to about 2 KB; one that is larger than this has content and is not opened. */
const BLANK_THUMBNAIL_BYTES = 3500

/**
 * Whether a side bears no content, judged on its thumbnail. Errs towards content: a faint page must not lose its
 * printed number (domain.md §2.5), while a blank one with a number is seen by the next check.
 */
export async function isBlankSide(thumbnail: Uint8Array): Promise<boolean> {
  if (thumbnail.byteLength > BLANK_THUMBNAIL_BYTES) return false
  const { data, info } = await sharp(thumbnail).greyscale().raw().toBuffer({ resolveWithObject: true })
  const left = Math.floor(info.width * EDGE)
  const top = Math.floor(info.height * EDGE)
  const histogram = new Uint32Array(256)
  let count = 0
  for (let y = top; y < info.height - top; y++) {
    for (let x = left; x < info.width - left; x++) {
      const value = data[(y * info.width + x) * info.channels] ?? 255
      histogram[value] = (histogram[value] ?? 0) + 1
      count += 1
    }
  }
  let seen = 0
  let paper = 255
  for (let value = 255; value >= 0; value--) {
    seen += histogram[value] ?? 0
    if (seen >= count / 2) {
      paper = value
      break
    }
  }
  let ink = 0
  for (let value = 0; value < paper - INK_CONTRAST; value++) ink += histogram[value] ?? 0
  return count > 0 && ink / count < INK_SHARE
}
