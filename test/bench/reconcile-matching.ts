import {
  matchSequences,
  type PageSignature,
  type SequenceMatch,
  signPage,
} from '../../electron/reconcile/matching/index.ts'
import {
  type PairPage,
  type PairTruth,
  type VolumePair,
  volumePair,
} from '../fixtures/volume-pairs/volume-pair.ts'

/** What was to be found, what was found, and how much of it is right. */
export interface Finding {
  readonly real: number
  readonly found: number
  readonly right: number
}

export interface MatchingFigures {
  readonly volumes: number
  /** Paper pages, and electronic pages without a paper page. */
  readonly pages: number
  readonly right: number
  readonly rightPercent: number
  readonly findings: Readonly<
    Record<FindingKind, Finding & { readonly precision: number; readonly recall: number }>
  >
  /** Matches that were given for sure and are wrong, and those where a person is asked. */
  readonly surelyWrong: number
  readonly asked: number
  /** Where the right page is among those offered, when a person is asked. */
  readonly offeredRight: number
  readonly signMillisecondsPerPage: number
  readonly matchMillisecondsPerPage: number
}

const FINDING_KINDS = ['missing', 'extra', 'replaced', 'moved', 'duplicated', 'turned'] as const
export type FindingKind = (typeof FINDING_KINDS)[number]

/** One volume, its signatures drawn and matched. */
export interface MatchedVolume {
  readonly pair: VolumePair
  readonly result: SequenceMatch
}

type Keys = Readonly<Record<FindingKind, ReadonlySet<string>>>

const unordered = (side: string, a: number, b: number) => `${side} ${Math.min(a, b)} ${Math.max(a, b)}`

function truthKeys(truth: PairTruth): Keys {
  return {
    missing: new Set(truth.missing.map(String)),
    extra: new Set(truth.extra.map(String)),
    replaced: new Set(truth.replaced.map(({ paper, electronic }) => `${paper} ${electronic}`)),
    moved: new Set(truth.matches.filter(({ moved }) => moved).map(({ paper }) => String(paper))),
    duplicated: new Set(truth.duplicated.map(({ side, first, again }) => unordered(side, first, again))),
    turned: new Set(
      truth.matches.filter(({ turn }) => turn !== 0).map(({ paper, turn }) => `${paper} ${turn}`),
    ),
  }
}

function resultKeys(result: SequenceMatch): Keys {
  const same = result.matches.filter(({ kind }) => kind === 'same')
  return {
    missing: new Set(result.missing.map(({ paper }) => String(paper))),
    extra: new Set(result.extra.map(({ electronic }) => String(electronic))),
    replaced: new Set(
      result.matches
        .filter(({ kind }) => kind === 'replaced')
        .map(({ paper, electronic }) => `${paper} ${electronic}`),
    ),
    moved: new Set(same.filter(({ moved }) => moved).map(({ paper }) => String(paper))),
    duplicated: new Set(result.duplicated.map(({ side, first, again }) => unordered(side, first, again))),
    turned: new Set(same.filter(({ turn }) => turn !== 0).map(({ paper, turn }) => `${paper} ${turn}`)),
  }
}

/** Where two scans of one page stand side by side, either is the page: the result is told as the truth has it. */
function asTruthHasIt({ truth }: VolumePair, result: SequenceMatch): SequenceMatch {
  let told = result
  for (const { side, first, again } of truth.duplicated) {
    if (Math.abs(first - again) !== 1) continue
    const swapped = (index: number) => (index === first ? again : index === again ? first : index)
    const ofPaper = (index: number) => (side === 'paper' ? swapped(index) : index)
    const ofElectronic = (index: number) => (side === 'electronic' ? swapped(index) : index)
    const alone =
      side === 'paper'
        ? told.missing.map(({ paper }) => paper)
        : told.extra.map(({ electronic }) => electronic)
    if (!alone.includes(first) || alone.includes(again)) continue
    told = {
      ...told,
      matches: told.matches.map((match) => ({
        ...match,
        paper: ofPaper(match.paper),
        electronic: ofElectronic(match.electronic),
      })),
      missing: told.missing.map((page) => ({ ...page, paper: ofPaper(page.paper) })),
      extra: told.extra.map((page) => ({ ...page, electronic: ofElectronic(page.electronic) })),
    }
  }
  return told
}

const missed = (truth: ReadonlySet<string>, found: ReadonlySet<string>) =>
  [...truth].filter((key) => !found.has(key))

/** Findings of one kind that a volume has and the result lacks, and those that it only has in the result. */
export function findingsOf(
  { pair, result }: MatchedVolume,
  kind: FindingKind,
): { readonly missed: readonly string[]; readonly invented: readonly string[] } {
  const [truth, given] = [truthKeys(pair.truth)[kind], resultKeys(asTruthHasIt(pair, result))[kind]]
  return { missed: missed(truth, given), invented: missed(given, truth) }
}

/** What each page of a volume should have been given, against what it was given. */
export function pageErrors({ pair, result: given }: MatchedVolume): readonly string[] {
  const { truth } = pair
  const result = asTruthHasIt(pair, given)
  const was = new Map<string, string>(
    result.matches.map(({ paper, electronic, kind }) => [`p${paper}`, `${kind} e${electronic}`]),
  )
  for (const { paper } of result.missing) was.set(`p${paper}`, 'missing')
  for (const { electronic } of result.extra) was.set(`e${electronic}`, 'extra')
  const expected = new Map<string, string>(
    truth.matches.map(({ paper, electronic }) => [`p${paper}`, `same e${electronic}`]),
  )
  for (const { paper, electronic } of truth.replaced) expected.set(`p${paper}`, `replaced e${electronic}`)
  for (const paper of truth.missing) expected.set(`p${paper}`, 'missing')
  for (const electronic of truth.extra) expected.set(`e${electronic}`, 'extra')
  return [...expected].flatMap(([page, should]) => {
    const is = was.get(page) ?? 'matched'
    return is === should ? [] : [`${page}: ${should}, was ${is}`]
  })
}

const pagesOf = ({ truth }: VolumePair) =>
  truth.matches.length + truth.replaced.length + truth.missing.length + truth.extra.length

async function signed(pages: readonly PairPage[], withText: boolean): Promise<readonly PageSignature[]> {
  const signatures: PageSignature[] = []
  for (const page of pages)
    signatures.push(await signPage({ data: await page.image() }, withText ? page.reading : null))
  return signatures
}

/** The figures of volumes that are matched. */
export function sumUp(
  volumes: readonly MatchedVolume[],
  signMilliseconds: number,
  matchMilliseconds: number,
): MatchingFigures {
  const tallies = Object.fromEntries(
    FINDING_KINDS.map((kind) => {
      let [real, found, right] = [0, 0, 0]
      for (const { pair, result } of volumes) {
        const [truth, given] = [truthKeys(pair.truth)[kind], resultKeys(asTruthHasIt(pair, result))[kind]]
        real += truth.size
        found += given.size
        right += truth.size - missed(truth, given).length
      }
      const share = (all: number) => (all === 0 ? 1 : right / all)
      return [kind, { real, found, right, precision: share(found), recall: share(real) }]
    }),
  ) as unknown as MatchingFigures['findings']
  let [pages, wrong, surelyWrong, asked, offeredRight, images] = [0, 0, 0, 0, 0, 0]
  for (const volume of volumes) {
    const errors = pageErrors(volume)
    const wrongPages = new Set(errors.map((error) => error.split(':')[0]))
    const partner = new Map(volume.pair.truth.matches.map(({ paper, electronic }) => [paper, electronic]))
    pages += pagesOf(volume.pair)
    images += volume.pair.paper.length + volume.pair.electronic.length
    wrong += errors.length
    for (const { paper, sure, candidates } of volume.result.matches) {
      if (sure && wrongPages.has(`p${paper}`)) surelyWrong += 1
      if (sure) continue
      asked += 1
      if (candidates.some(({ electronic }) => electronic === partner.get(paper))) offeredRight += 1
    }
  }
  return {
    volumes: volumes.length,
    pages,
    right: pages - wrong,
    rightPercent: pages === 0 ? 100 : (100 * (pages - wrong)) / pages,
    findings: tallies,
    surelyWrong,
    asked,
    offeredRight,
    signMillisecondsPerPage: signMilliseconds / Math.max(1, images),
    matchMillisecondsPerPage: matchMilliseconds / Math.max(1, images),
  }
}

/**
 * Matches the volumes of these seeds and holds the result to their truth; `say` is told each volume's errors. Rendered
 * pages are kept in `folder`, where one is given; drawing them is not in the times.
 */
export async function matchingFigures(
  seeds: readonly number[],
  say: (line: string) => void,
  options: { readonly folder?: string; readonly pages?: number; readonly withText?: boolean } = {},
): Promise<MatchingFigures> {
  const { withText = true, ...making } = options
  const volumes: MatchedVolume[] = []
  let [signMilliseconds, matchMilliseconds] = [0, 0]
  for (const seed of seeds) {
    const pair = volumePair(seed, making)
    for (const { image } of [...pair.paper, ...pair.electronic]) await image()
    const began = performance.now()
    const paper = await signed(pair.paper, withText)
    const electronic = await signed(pair.electronic, withText)
    const drawn = performance.now()
    const result = matchSequences(paper, electronic)
    signMilliseconds += drawn - began
    matchMilliseconds += performance.now() - drawn
    volumes.push({ pair, result })
    const errors = pageErrors({ pair, result })
    say(
      `volume ${seed}: ${pagesOf(pair)} pages, ${errors.length} wrong${errors.map((error) => `\n  ${error}`).join('')}`,
    )
  }
  return sumUp(volumes, signMilliseconds, matchMilliseconds)
}
