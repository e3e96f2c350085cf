import sharp from 'sharp'

const WIDTH = 480
/** How much redder than green and blue a pixel must be to be a stamp or a red head, not warm paper. */
const RED_OVER = 64

/** Share (0 to 1) of an image that bears red ink: a stamp, a red letterhead. */
export async function redInkShare(image: Uint8Array): Promise<number> {
  const { data, info } = await sharp(image, { failOn: 'none', limitInputPixels: false })
    .resize({ width: WIDTH, kernel: 'cubic', fastShrinkOnLoad: true })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  if (info.channels < 3) return 0
  let red = 0
  for (let at = 0; at + 2 < data.length; at += info.channels) {
    const others = Math.max(data[at + 1] ?? 0, data[at + 2] ?? 0)
    if ((data[at] ?? 0) - others > RED_OVER) red += 1
  }
  return red / (info.width * info.height)
}
