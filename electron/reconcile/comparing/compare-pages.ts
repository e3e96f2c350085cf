import { agreementOf } from './compare-texts.ts'
import { foundChanges } from './found-changes.ts'
import type { LaidPair } from './ink-residue.ts'
import type { ComparedPage, PageComparison } from './page-comparison.ts'
import { pageEvidence } from './page-evidence.ts'
import type { Plane } from './plane.ts'

function shareCovered({ data }: Plane): number {
  let outside = 0
  for (let at = 0; at < data.length; at += 5) if (data[at] !== 0) outside += 1
  return 1 - outside / Math.ceil(data.length / 5)
}

/** Ink that both have within a pixel, as a share of all. */
function inkAgreement({ paper, electronic, blind }: LaidPair): number {
  let both = 0
  let all = 0
  for (let at = 0; at < blind.data.length; at += 3) {
    if (blind.data[at] !== 0) continue
    const p = paper.ink.data[at] as number
    const e = electronic.ink.data[at] as number
    if (p > 100) {
      all += 1
      if ((electronic.wide.data[at] as number) > 70) both += 1
    }
    if (e > 100) {
      all += 1
      if ((paper.wide.data[at] as number) > 70) both += 1
    }
  }
  return all === 0 ? 1 : both / all
}

/**
 * Compares two scans of what should be the same page: lays them over each other, evens out paper and ink, and names
 * what one has and the other has not, by the pixels, the words read, or both. Resolution, colour, compression,
 * brightness, skew and stretch make no difference; the thresholds follow from how these two scans differ where
 * nothing changed. Pages that cannot be laid over each other come back with `registered: false` and no changes.
 * Rejects with the decoder's error for a file that is no image, and with the signal's reason when aborted.
 */
export async function comparePages(
  paper: ComparedPage,
  electronic: ComparedPage,
  signal?: AbortSignal,
): Promise<PageComparison> {
  const { laid, pair, transform, found } = await pageEvidence(paper, electronic, signal)
  const outcome = {
    confidence: laid.confidence,
    overlap: shareCovered(laid.outside),
    transform,
    inkAgreement: inkAgreement(pair),
  }
  if (found === undefined) return { registered: false, ...outcome, changes: [], textAgreement: null }
  return {
    registered: true,
    ...outcome,
    changes: [...foundChanges(found), ...found.cropped],
    textAgreement: agreementOf(found.rows),
  }
}
