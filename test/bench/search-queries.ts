import { type ArchiveCase, archiveCase, randomFrom } from './search-archive.ts'

/** A question with what an independent reader would look for in the rows themselves. */
export interface BenchQuery {
  readonly kind: string
  readonly text: string
  readonly order: 'newest' | 'best'
  readonly tolerant: boolean
  readonly clerk: boolean
  /** Whether a case is meant, by its rows alone; null where the set is not compared. */
  readonly means: ((row: PlainCase) => boolean) | null
}

/** A case as its rows hold it: blanks and line breaks gone. */
export interface PlainCase {
  readonly number: string
  readonly parties: readonly string[]
  /** Number, cause, handler, parties: one after the other, apart by a bar. */
  readonly known: string
  readonly pages: readonly string[]
}

const PREFIXES = ['借*', '盗*', '离婚*', '劳动*', '王*', '张伟*', '执行*', '买卖*']
const COMMON = ['被告', '原告', '证据', '合同', '利息', '本院认为', '人民币']
const RARE_WORDS = [
  '竞业限制',
  '相邻通行',
  '业主大会',
  '社区矫正',
  '缓刑考验期',
  '清算组',
  '质量保证金',
  '工伤保险',
]

const somewhere = (word: string) => (row: PlainCase) =>
  row.known.includes(word) || row.pages.some((page) => page.includes(word))

/** Every word on one page or in what is known of the case, and none that is excluded there. */
const together =
  (words: readonly string[], excluded: readonly string[] = []) =>
  (row: PlainCase) => {
    if (excluded.some((word) => row.known.includes(word))) return false
    const clean = (page: string) => excluded.every((word) => !page.includes(word))
    return (
      words.every((word) => row.known.includes(word)) ||
      row.pages.some(
        (page) =>
          clean(page) &&
          words.some((word) => page.includes(word)) &&
          words.every((word) => page.includes(word) || row.known.includes(word)),
      )
    )
  }

/** So many questions of each kind, about cases of the archive as far as it is filled. */
export function benchQueries(size: number, filled: number, each: number, seed = 7): readonly BenchQuery[] {
  const random = randomFrom(seed)
  const some = (): ArchiveCase => archiveCase(Math.floor(random() * filled), size)
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const party = (from: ArchiveCase) => one(from.draft.parties).name
  const piece = (from: ArchiveCase, length: number): string => {
    const runs = (
      one(from.pages)
        .join('')
        .match(/[\u4e00-\u9fff]{6,}/g) ?? []
    ).filter((run) => run.length >= length)
    const run = runs.length === 0 ? '本院认为证据充分' : one(runs)
    const at = Math.floor(random() * (run.length - length + 1))
    return run.slice(at, at + length)
  }
  const plain = { order: 'newest', tolerant: false, clerk: false } as const
  const makers: Readonly<Record<string, () => Omit<BenchQuery, 'kind'>>> = {
    number: () => {
      const { number } = some()
      const typed = number.replace('（', '(').replace('）', ')')
      return { ...plain, text: typed, means: somewhere(typed) }
    },
    tail: () => {
      const tail = some().number.replace(/^.*?(?=民|执|刑|行)/u, '')
      return { ...plain, text: tail, means: somewhere(tail) }
    },
    name: () => {
      const text = party(some())
      return { ...plain, text, means: somewhere(text) }
    },
    phrase: () => {
      const text = piece(some(), 6)
      return { ...plain, text: `"${text}"`, means: somewhere(text) }
    },
    and: () => {
      const words = [party(some()), one(COMMON)]
      return { ...plain, text: words.join(' '), means: together(words) }
    },
    not: () => {
      const [word, other] = [one(RARE_WORDS), one(COMMON)]
      return { ...plain, text: `${word} -${other}`, means: together([word], [other]) }
    },
    prefix: () => ({ ...plain, text: one(PREFIXES), means: null }),
    initials: () => ({
      ...plain,
      text: one(['zw', 'wxm', 'lj', 'chj', 'yl', 'zgy', 'hf', 'ljg']),
      means: null,
    }),
    tolerant: () => {
      const text = piece(some(), 4)
      return { ...plain, text, tolerant: true, means: null }
    },
    common: () => {
      const text = one(COMMON)
      return { ...plain, text, means: somewhere(text) }
    },
    clerkName: () => ({ ...plain, clerk: true, text: party(some()), means: null }),
    clerkCommon: () => ({ ...plain, clerk: true, text: one(COMMON), means: null }),
    best: () => {
      const text = party(some())
      return { ...plain, order: 'best', text, means: null }
    },
    bestCommon: () => ({ ...plain, order: 'best', text: one(COMMON), means: null }),
  }
  return Object.entries(makers).flatMap(([kind, make]) =>
    Array.from({ length: each }, () => ({ kind, ...make() })),
  )
}
