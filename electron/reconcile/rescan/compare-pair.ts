import { comparePages, compareTexts, type TextPlacing, type TextRun } from '../comparing/index.ts'
import { redInkShare } from './coloured-ink.ts'
import type { PairComparison, TurnedPage } from './comparison-protocol.ts'

const KINDS = {
  equal: 'same',
  changed: 'changed',
  'paper-only': 'paper-only',
  'electronic-only': 'electronic-only',
} as const satisfies Record<TextRun['state'], PairComparison['text'][number]['kind']>

type Six = readonly [number, number, number, number, number, number]

/** Compares a matched pair by image and by words, and lays the two texts beside each other for reading. */
export async function comparePair(paper: TurnedPage, electronic: TurnedPage): Promise<PairComparison> {
  const { changes, transform, ...found } = await comparePages(
    { data: paper.image, turn: paper.turn, reading: paper.reading },
    { data: electronic.image, turn: electronic.turn, reading: electronic.reading },
  )
  const placing: TextPlacing | undefined = found.registered
    ? { paperTurn: paper.turn, electronicTurn: electronic.turn, transform: transform as unknown as Six }
    : undefined
  const rows =
    paper.reading === null || electronic.reading === null
      ? []
      : compareTexts(paper.reading, electronic.reading, placing).rows
  return {
    redInk: await redInkShare(paper.image),
    comparison: {
      registered: found.registered,
      confidence: found.confidence,
      overlap: found.overlap,
      transform: [...transform],
      inkAgreement: found.inkAgreement,
      textAgreement: found.textAgreement,
      changes: changes.map(({ paperBox, electronicBox, ...change }) => ({
        ...change,
        sources: [...change.sources],
        paperBox: paperBox === null ? null : [...paperBox],
        electronicBox: electronicBox === null ? null : [...electronicBox],
      })),
    },
    text: rows.flatMap(({ runs }) =>
      runs.map((run) => ({
        kind: KINDS[run.state],
        paper: run.paperText,
        electronic: run.electronicText,
        paperBox: run.paperBox === null ? null : [...run.paperBox],
        electronicBox: run.electronicBox === null ? null : [...run.electronicBox],
        doubtful: run.doubtful,
      })),
    ),
  }
}
