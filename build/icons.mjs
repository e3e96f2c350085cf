// Makes the icons of every platform from assets/icons/icon.svg. Run by hand after the drawing changes.
import { writeFileSync } from 'node:fs'
import sharp from 'sharp'
import { fromRoot } from './project.mjs'

const folder = (...parts) => fromRoot('assets', 'icons', ...parts)
const drawing = sharp(folder('icon.svg'), { density: 144 })
const png = (size) =>
  drawing
    .clone()
    .resize(size, size)
    .png({ compressionLevel: 9, palette: size <= 64 })
    .toBuffer()

/** ICO: a header, one 16-byte entry an image, then the images as PNG (Windows Vista and later). */
async function ico(sizes) {
  const images = await Promise.all(sizes.map(png))
  const header = Buffer.alloc(6 + 16 * sizes.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(sizes.length, 4)
  let offset = header.length
  images.forEach((image, index) => {
    const at = 6 + 16 * index
    const side = sizes[index] >= 256 ? 0 : sizes[index]
    header.writeUInt8(side, at)
    header.writeUInt8(side, at + 1)
    header.writeUInt16LE(1, at + 4)
    header.writeUInt16LE(32, at + 6)
    header.writeUInt32LE(image.length, at + 8)
    header.writeUInt32LE(offset, at + 12)
    offset += image.length
  })
  return Buffer.concat([header, ...images])
}

/** ICNS: a header with the whole length, then typed blocks, here PNG of 128 to 1024 pixels. */
async function icns() {
  const kinds = { ic07: 128, ic08: 256, ic09: 512, ic10: 1024 }
  const blocks = []
  for (const [kind, size] of Object.entries(kinds)) {
    const image = await png(size)
    const header = Buffer.alloc(8)
    header.write(kind, 'ascii')
    header.writeUInt32BE(image.length + 8, 4)
    blocks.push(header, image)
  }
  const body = Buffer.concat(blocks)
  const header = Buffer.alloc(8)
  header.write('icns', 'ascii')
  header.writeUInt32BE(body.length + 8, 4)
  return Buffer.concat([header, body])
}

writeFileSync(folder('icon.png'), await png(1024))
writeFileSync(folder('icon.ico'), await ico([16, 24, 32, 48, 64, 128, 256]))
writeFileSync(folder('icon.icns'), await icns())
for (const size of [16, 32, 48, 64, 128, 256, 512]) {
  writeFileSync(folder('linux', `${size}x${size}.png`), await png(size))
}
