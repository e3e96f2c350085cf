import { PAGE_KINDS, type PageKind } from '../../../shared/domain/page-kind.ts'

/** Unnumbered parts at both ends of what is imported, in the order of the images. */
export interface Matter {
  readonly front: readonly PageKind[]
  readonly back: readonly PageKind[]
}

export const NO_MATTER: Matter = { front: [], back: [] }

/** One image at an end: counted from the beginning, or from the end with the last as 1. */
export interface MatterImage {
  readonly place: number
  readonly fromEnd: boolean
  readonly kind: PageKind
  /** The file that it is, where the files' kinds tell before anything is read. */
  readonly name: string | undefined
}

/** A file of these holds one image; a PDF or TIFF may hold any number. */
const ONE_IMAGE = /\.(?:jpe?g|png)$/i

function nameOf(names: readonly string[]): string | undefined {
  return names.every((name) => ONE_IMAGE.test(name)) ? names.at(-1) : undefined
}

export function matterImages({ front, back }: Matter, names: readonly string[] = []): readonly MatterImage[] {
  return [
    ...front.map((kind, index) => ({
      place: index + 1,
      fromEnd: false,
      kind,
      name: index < names.length ? nameOf(names.slice(0, index + 1)) : undefined,
    })),
    ...back.map((kind, index) => {
      const place = back.length - index
      return {
        place,
        fromEnd: true,
        kind,
        name: place <= names.length ? nameOf(names.slice(-place).toReversed()) : undefined,
      }
    }),
  ]
}

function kindsOf(value: unknown): readonly PageKind[] {
  return Array.isArray(value)
    ? value.flatMap((name) => PAGE_KINDS.filter((kind) => kind === name)).slice(0, 20)
    : []
}

/** Reads what was kept; anything unknown is left out. */
export function readMatter(text: string): Matter {
  let kept: unknown
  try {
    kept = JSON.parse(text)
  } catch {
    // Kept by another version of the program: nothing is as good.
    return NO_MATTER
  }
  if (typeof kept !== 'object' || kept === null) return NO_MATTER
  const { front, back } = kept as Readonly<Record<string, unknown>>
  return { front: kindsOf(front), back: kindsOf(back) }
}
