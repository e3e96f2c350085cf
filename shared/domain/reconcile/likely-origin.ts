import type { DifferenceCause, DifferenceType, OriginStage } from './difference-type.ts'

export interface LikelyOrigin {
  readonly cause: DifferenceCause | null
  readonly stage: OriginStage | null
}

const UNKNOWN: LikelyOrigin = { cause: null, stage: null }

const LIKELY: Readonly<Partial<Record<DifferenceType, LikelyOrigin>>> = {
  D01: { cause: 'overlooked', stage: 'scanning' },
  D03: { cause: 'feeder', stage: 'scanning' },
  D05: { cause: 'feeder', stage: 'scanning' },
  D06: { cause: 'wrong-settings', stage: 'scanning' },
  D07: { cause: 'feeder', stage: 'scanning' },
  D08: { cause: 'wrong-settings', stage: 'scanning' },
  D09: { cause: 'misfiled', stage: 'preparation' },
  D10: { cause: 'misfiled', stage: 'preparation' },
  D11: { cause: 'catalogue-slip', stage: 'cataloguing' },
  D12: { cause: 'catalogue-slip', stage: 'cataloguing' },
  D13: { cause: 'catalogue-slip', stage: 'cataloguing' },
  D15: { cause: 'catalogue-slip', stage: 'cataloguing' },
  D17: { cause: 'catalogue-slip', stage: 'cataloguing' },
  D18: { cause: 'changed-later', stage: 'handling' },
  D19: { cause: 'changed-later', stage: 'handling' },
  D20: { cause: 'overlooked', stage: 'preparation' },
  D21: { cause: 'overlooked', stage: 'preparation' },
  D22: { cause: 'paper-condition', stage: 'storage' },
  D23: { cause: null, stage: 'storage' },
  D24: { cause: 'file-damage', stage: 'storage' },
}

/** What usually brings a type about, as a proposal for whoever judges it; null where it is anybody's guess. */
export function likelyOrigin(type: DifferenceType): LikelyOrigin {
  return LIKELY[type] ?? UNKNOWN
}
