import sharp from 'sharp'
import { AppError } from '../../../shared/errors.ts'
import { type Catalogue, text } from '../../catalogue/index.ts'
import { inspectSource, renderView } from '../../intake/index.ts'
import type { Compartment, OpenVault } from '../../vault/index.ts'
import type { ReportedPicture } from './report-shape.ts'

/** Enough for a stamp to be read in print, little enough for hundreds of pictures in one file. */
const VIEW_SIDE = 1800
const PICTURE_SIDE = 640
/** A signed sheet is read, not only looked at. */
const SHEET_SIDE = 1280
/** A region is shown with what stands round it: at least this share of the page. */
const LEAST_SHARE = 0.34
const PAD = 0.04

interface Area {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** The part of the page to show, in shares of it: everything that is boxed, with room round it. */
export function shownArea(boxes: ReportedPicture['boxes']): Area {
  if (boxes.length === 0) return { left: 0, top: 0, width: 1, height: 1 }
  const left = Math.max(0, Math.min(...boxes.map(([x]) => x)) - PAD)
  const top = Math.max(0, Math.min(...boxes.map(([, y]) => y)) - PAD)
  const right = Math.min(1, Math.max(...boxes.map(([x, , width]) => x + width)) + PAD)
  const bottom = Math.min(1, Math.max(...boxes.map(([, y, , height]) => y + height)) + PAD)
  const width = Math.min(1, Math.max(LEAST_SHARE, right - left))
  const height = Math.min(1, Math.max(LEAST_SHARE, bottom - top))
  const within = (middle: number, size: number) => Math.min(1 - size, Math.max(0, middle - size / 2))
  return {
    left: within((left + right) / 2, width),
    top: within((top + bottom) / 2, height),
    ...{ width, height },
  }
}

/** Draws an image small, cut to what is boxed, with the boxes in red; boxes are shares of the image turned upright. */
export async function drawDifference(
  image: Uint8Array,
  { turn, boxes }: Pick<ReportedPicture, 'turn' | 'boxes'>,
  side: number = PICTURE_SIDE,
): Promise<Buffer> {
  const upright = await sharp(image)
    .rotate(turn)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height, channels } = upright.info
  const area = shownArea(boxes)
  const cut = {
    left: Math.min(width - 1, Math.round(area.left * width)),
    top: Math.min(height - 1, Math.round(area.top * height)),
    width: Math.max(1, Math.min(width - Math.round(area.left * width), Math.round(area.width * width))),
    height: Math.max(1, Math.min(height - Math.round(area.top * height), Math.round(area.height * height))),
  }
  const scale = Math.min(1, side / Math.max(cut.width, cut.height))
  const small = await sharp(upright.data, { raw: { width, height, channels } })
    .extract(cut)
    .resize(Math.max(1, Math.round(cut.width * scale)), Math.max(1, Math.round(cut.height * scale)))
    .png({ compressionLevel: 0 })
    .toBuffer({ resolveWithObject: true })
  const shown = small.info
  const lines = boxes.map(([x, y, boxWidth, boxHeight]) => {
    const left = (x * width - cut.left) * scale
    const top = (y * height - cut.top) * scale
    return `<rect x="${left}" y="${top}" width="${boxWidth * width * scale}" height="${boxHeight * height * scale}"/>`
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${shown.width}" height="${shown.height}">
    <g fill="none" stroke="#d40000" stroke-width="3">${lines.join('')}</g></svg>`
  const drawn = sharp(small.data)
  if (lines.length > 0) drawn.composite([{ input: Buffer.from(svg), left: 0, top: 0 }])
  return await drawn.flatten({ background: '#ffffff' }).jpeg({ quality: 78 }).toBuffer()
}

const TABLES = {
  paper: 'paper_page',
  before: 'page_version',
  after: 'page_version',
  attachment: 'attachment_page',
} as const satisfies Record<ReportedPicture['of'], string>

/**
 * A picture of a report out of the vault; null when the image is not there any more or cannot be read: the report
 * says so in its place. Throws VAULT_COMPARTMENT_CLOSED and SYSTEM_* errors.
 */
export async function differencePicture(
  { sql }: Catalogue,
  vault: OpenVault,
  picture: ReportedPicture,
): Promise<Buffer | null> {
  const table = TABLES[picture.of]
  const row = sql.one(`SELECT compartment, object_name FROM ${table} WHERE id = ?`, picture.id)
  if (row === undefined) return null
  try {
    const reader = await vault.objects.open(text(row, 'compartment') as Compartment, text(row, 'object_name'))
    let bytes: Buffer
    try {
      bytes = await reader.readAll()
    } finally {
      await reader.close()
    }
    const [frame] = inspectSource(bytes, '').frames
    if (frame === undefined) return null
    const view = await renderView(bytes, frame, { maxSidePixels: VIEW_SIDE })
    const side = picture.of === 'attachment' ? SHEET_SIDE : PICTURE_SIDE
    return await drawDifference(view.bytes, picture, side)
  } catch (error) {
    const code = error instanceof AppError ? error.code : ''
    if (code.startsWith('INTAKE_') || code === 'VAULT_OBJECT_DAMAGED' || code === 'VAULT_OBJECT_MISSING')
      return null
    throw error
  }
}
