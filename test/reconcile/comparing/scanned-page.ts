import { createRandom, seedFrom } from '../../../assets/sample/generator/page/random.ts'
import type { ComparedPage } from '../../../electron/reconcile/comparing/index.ts'
import type { Turn } from '../../../shared/domain/page-text.ts'
import { changed } from '../../fixtures/volume-pairs/changes.ts'
import { tableDocument, textDocument } from '../../fixtures/volume-pairs/documents.ts'
import { scanGeometry } from '../../fixtures/volume-pairs/scan-geometry.ts'
import { scanSheet } from '../../fixtures/volume-pairs/scan-sheet.ts'
import { SCANNERS, scanOf } from '../../fixtures/volume-pairs/scanners.ts'
import type { SheetSide } from '../../fixtures/volume-pairs/sheet.ts'
import { simulatedReading } from '../../fixtures/volume-pairs/simulated-reading.ts'
import type { Change, ShareBox } from '../../fixtures/volume-pairs/types.ts'

export type ScannerName =
  | 'glass-colour-300'
  | 'feeder-grey-200'
  | 'feeder-bitonal-300'
  | 'feeder-bitonal-200'
  | 'copier-colour-200'
  | 'overhead-colour-240'
  | 'glass-grey-240-png'

export interface ScannedPage extends ComparedPage {
  /** Where something was altered, in shares of this page upright. */
  readonly altered: ShareBox | undefined
}

/** A page of print; the same seed, the same page. */
export function printedSheet(kind: 'text' | 'table', seed: number): SheetSide {
  const random = createRandom(seedFrom(`comparing ${kind} ${seed}`))
  const name = (number: number) => `${kind} ${seed} ${number}`
  const { sides } = kind === 'text' ? textDocument(random, name, 2) : tableDocument(random, name, 1)
  const first = sides[0]
  if (first === undefined) throw new RangeError('no page was drawn')
  return first
}

interface ScanOptions {
  readonly change?: Change
  readonly turn?: Turn
  readonly seed?: number
}

const kept = new Map<string, Promise<ScannedPage>>()

/** One machine's scan of a sheet, altered in one way before where that is said; drawn once a test file. */
export async function scannedPage(
  sheet: SheetSide,
  scanner: ScannerName,
  options: ScanOptions = {},
): Promise<ScannedPage> {
  const key = JSON.stringify([sheet.sheetId, scanner, options])
  const page = kept.get(key) ?? drawnPage(sheet, scanner, options)
  kept.set(key, page)
  return await page
}

async function drawnPage(sheet: SheetSide, scanner: ScannerName, options: ScanOptions): Promise<ScannedPage> {
  const seed = options.seed ?? 1
  const machine = SCANNERS.find(({ name }) => name === scanner)
  if (machine === undefined) throw new RangeError(`no scanner ${scanner}`)
  const change =
    options.change === undefined
      ? undefined
      : changed(sheet, options.change, createRandom(seedFrom(`change ${options.change} ${seed}`)))
  if (options.change !== undefined && change === undefined)
    throw new RangeError(`no ${options.change} possible`)
  const side = change?.side ?? sheet
  const stored = options.turn ?? 0
  const chance = createRandom(seedFrom(`scan ${scanner} ${seed}`))
  const plain = scanOf(machine, chance, { heightMm: sheet.heightMm, red: false }, stored)
  const cut = change?.cut
  const scan = cut === undefined ? plain : { ...plain, [`${cut.edge}Mm`]: -cut.mm }
  return {
    data: await scanSheet(side, undefined, scan),
    turn: ((360 - stored) % 360) as Turn,
    reading: simulatedReading(side, scan),
    altered: change === undefined ? undefined : scanGeometry(scan, sheet).toShares(change.box),
  }
}
