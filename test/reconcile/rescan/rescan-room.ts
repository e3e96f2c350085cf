import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { locateAssets } from '../../../electron/assets.ts'
import type { PageReader } from '../../../electron/recognition/index.ts'
import type { OutputOf } from '../../../shared/contract/index.ts'
import type { JobSummary } from '../../../shared/contract/jobs.ts'
import type { PageReading } from '../../../shared/domain/page-text.ts'
import { placeWords, readPlace } from '../../../shared/domain/reconcile/place.ts'
import type { VolumeKind } from '../../../shared/domain/volume-kind.ts'
import { AppError } from '../../../shared/errors.ts'
import {
  freshFolder,
  importInto,
  newCase,
  openRoom,
  PROJECT,
  type TestRoom,
} from '../../fixtures/records-room.ts'

const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** A reader that knows beforehand what stands on each image. */
export function knowingReader(): {
  readonly reader: () => PageReader
  readonly learn: (image: Uint8Array, reading: PageReading) => void
  readonly asked: () => number
} {
  const known = new Map<string, PageReading>()
  let asked = 0
  return {
    learn: (image, reading) => known.set(digestOf(image), reading),
    asked: () => asked,
    reader: () => ({
      engine: 'knowing',
      model: 'knowing 1',
      unavailable: async () => null,
      read: async (image) => {
        asked += 1
        const reading = known.get(digestOf(image))
        if (reading === undefined) throw new AppError('RECOGNITION_FAILED')
        return reading
      },
      rest: async () => undefined,
      close: async () => undefined,
    }),
  }
}

const WIDTH = 900
const HEIGHT = 1250
const LINE = 60
const TOP = 110
const LEFT = 90

/** A page as it is drawn, and what reading it gives. */
export interface DrawnPage {
  readonly image: Buffer
  readonly reading: PageReading
}

export interface DrawnWith {
  /** A round red stamp in the lower half. */
  readonly stamp?: boolean
  /** Taken upside down. */
  readonly upsideDown?: boolean
  readonly grey?: boolean
  readonly dpi?: number
}

const stampSvg = Buffer.from(
  `<svg width="${WIDTH}" height="${HEIGHT}"><g fill="none" stroke="#d21f1f" stroke-width="9"><circle cx="620" cy="930" r="120"/>
   <path d="M620 850 l24 74 h78 l-63 46 l24 74 l-63 -46 l-63 46 l24 -74 l-63 -46 h78 z" fill="#d21f1f"/></g></svg>`,
)

/** A page of print in the shipped font. */
export async function drawPage(lines: readonly string[], drawn: DrawnWith = {}): Promise<DrawnPage> {
  const { fontRegular } = locateAssets(PROJECT)
  const printed = await Promise.all(
    lines.map(async (text, place) => {
      const { data, info } = await sharp({
        text: { text, fontfile: fontRegular, font: 'Noto Serif SC 24', rgba: true, dpi: 100 },
      })
        .png()
        .toBuffer({ resolveWithObject: true })
      return {
        input: data,
        left: LEFT,
        top: TOP + place * LINE,
        width: info.width,
        height: info.height,
        text,
      }
    }),
  )
  const turn = drawn.upsideDown === true ? 180 : 0
  const sheet = await sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: '#fbfaf5' } })
    .composite([
      ...printed.map(({ input, left, top }) => ({ input, left, top })),
      ...(drawn.stamp === true ? [{ input: stampSvg, left: 0, top: 0 }] : []),
    ])
    .png()
    .toBuffer()
  const turnedSheet = sharp(sheet).rotate(turn)
  const image = await (drawn.grey === true ? turnedSheet.toColourspace('b-w') : turnedSheet)
    .withDensity(drawn.dpi ?? 200)
    .jpeg({ quality: 85 })
    .toBuffer()
  const place = (x: number, y: number) => (turn === 0 ? [x, y] : [WIDTH - x, HEIGHT - y])
  return {
    image,
    reading: {
      ...{
        widthPixels: WIDTH,
        heightPixels: HEIGHT,
        turn,
        confidence: 0.98,
        engine: 'knowing',
        model: 'knowing 1',
      },
      lines: printed.map(({ left, top, width, height, text }) => {
        const characters = [...text]
        return {
          quad: [
            ...place(left, top),
            ...place(left + width, top),
            ...place(left + width, top + height),
            ...place(left, top + height),
          ] as unknown as PageReading['lines'][number]['quad'],
          ...{ text, confidence: 0.98, kind: 'printed' },
          places: characters.flatMap((_, at) => [
            Math.round((at * 1000) / characters.length),
            Math.round(((at + 1) * 1000) / characters.length),
          ]),
        }
      }),
    },
  }
}

const SUBJECTS = [
  '借款合同',
  '送达回证',
  '询问笔录',
  '民事裁定',
  '证据清单',
  '委托手续',
  '财产保全',
  '开庭传票',
]
const PLACES = ['青石街', '白塔巷', '槐树里', '临江路', '望山桥', '石榴园', '东篱村', '柳荫渡', '松风坊']

/** Lines that no other page has; `place` says which page. */
export function wordsOf(place: number): string[] {
  const [subject, where] = [SUBJECTS[place % SUBJECTS.length], PLACES[place % PLACES.length]]
  return [
    `${subject}第${place * 37 + 11}号`,
    `当事人住${where}${place * 7 + 3}号院内`,
    `经查${where}一处${subject}共计${place * 113 + 29}元`,
    `承办人于二月${place + 1}日在${where}办理`,
    `附件${(place * 5) % 9}份，编号${place * 91 + 1007}`,
    `以上${subject}内容属实，特此说明`,
  ]
}

/** Writes images as the numbered files of one scan, and tells the reader what stands on them; gives their folder. */
export async function writeScan(
  pages: readonly (DrawnPage | Promise<DrawnPage>)[],
  learn: (image: Uint8Array, reading: PageReading) => void,
): Promise<string> {
  const folder = path.join(await freshFolder(), 'scans')
  await mkdir(folder)
  for (const [place, page] of pages.entries()) {
    const { image, reading } = await page
    learn(image, reading)
    await writeFile(path.join(folder, `${String(place + 1).padStart(3, '0')}.jpg`), image)
  }
  return folder
}

export interface Checking {
  readonly room: TestRoom
  readonly volumeId: string
  readonly caseId: string
  readonly reconciliationId: string
}

/** A volume with these images, and a checking of it begun. */
export async function checkingOf(
  folder: string,
  more: { readonly openReader?: () => PageReader; readonly kind?: VolumeKind } = {},
): Promise<Checking> {
  const { kind = 'main', ...options } = more
  const room = await openRoom(undefined, undefined, options)
  const { tree, volume } = await newCase(room, '（2024）云0199民初21号', [kind])
  await importInto(room, volume.id, [folder], { duplicates: 'keep' })
  const { id } = await room.call('reconcile.start', { volumeId: volume.id })
  return { room, volumeId: volume.id, caseId: tree.case.id, reconciliationId: id }
}

export async function rescan(
  { room, volumeId, reconciliationId }: Checking,
  paths: string[],
  more: {
    readonly part?: boolean
    readonly duplex?: boolean
    readonly afterPaperPageId?: string
    readonly readTexts?: boolean
  } = {},
): Promise<JobSummary> {
  return await room.ended(await room.call('reconcile.rescan', { volumeId, reconciliationId, paths, ...more }))
}

export async function sidesOf({
  room,
  volumeId,
  reconciliationId,
}: Checking): Promise<OutputOf<'reconcile.sides'> & { readonly pages: OutputOf<'pages.list'> }> {
  const sides = await room.call('reconcile.sides', { volumeId, reconciliationId })
  return { ...sides, pages: await room.call('pages.list', { volumeId }) }
}

/** The matching as places from 0: `paper-electronic`, `-` for none. */
export function placesOf({ paper, pages, matches }: Awaited<ReturnType<typeof sidesOf>>): string[] {
  const at = (ids: readonly { readonly id: string }[], id: string | null) =>
    id === null ? '-' : String(ids.findIndex((one) => one.id === id))
  return matches
    .map(({ kind, paperPageId, pageId }) => `${kind} ${at(paper, paperPageId)} ${at(pages, pageId)}`)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
}

export interface Registered {
  readonly type: string
  readonly paper: string
  readonly electronic: string
  readonly state: string
}

/** What stands in the register of a checking, in the order of types. */
export function registered({ room, reconciliationId }: Checking): readonly Registered[] {
  return room.desk
    .room()
    .catalogue.sql.all(
      `SELECT type, paper_place, electronic_place, state FROM difference WHERE reconciliation_id = ?
       ORDER BY type, identity`,
      reconciliationId,
    )
    .map((row) => ({
      type: String(row.type),
      paper: placeWords(readPlace(String(row.paper_place)), 'zh'),
      electronic: placeWords(readPlace(String(row.electronic_place)), 'zh'),
      state: String(row.state),
    }))
}
