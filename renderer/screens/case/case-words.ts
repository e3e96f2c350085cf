import type { TFunction } from 'i18next'
import { printChineseNumeral } from '../../../shared/domain/chinese-numeral.ts'
import { VOLUME_KIND_INFO } from '../../../shared/domain/volume-kind.ts'
import type { Term } from '../../app/terms.ts'
import type { Book, CaseTree, Volume } from './tree-rows.ts'

export function bookWords(t: TFunction, book: Book): string {
  if (book.title !== '') return book.title
  const chinese = book.sequence >= 1 && book.sequence <= 999 ? printChineseNumeral(book.sequence) : ''
  return t('case:book', { chinese, number: book.sequence })
}

type Party = CaseTree['parties'][number]

/** A party with its place among all parties of the case, from 0. */
interface PlacedParty {
  readonly name: string
  readonly place: number
}

/** Parties by role, in the order in which the case names them. */
export function partyGroups(
  tree: CaseTree,
): readonly { readonly role: Party['role']; readonly parties: readonly PlacedParty[] }[] {
  const groups: { role: Party['role']; parties: PlacedParty[] }[] = []
  for (const [place, { role, name }] of tree.parties.entries()) {
    const group = groups.find((known) => known.role === role)
    if (group === undefined) groups.push({ role, parties: [{ name, place }] })
    else group.parties.push({ name, place })
  }
  return groups
}

/** Books by kind of volume: "正卷 2 册 · 副卷 1 册". */
export function volumeCounts(t: TFunction, term: (term: Term) => string, volumes: readonly Volume[]): string {
  const counts = new Map<Volume['kind'], number | null>()
  for (const volume of volumes) {
    const before = counts.get(volume.kind)
    counts.set(volume.kind, volume.readable && before !== null ? (before ?? 0) + volume.books.length : null)
  }
  return [...counts]
    .map(([kind, books]) =>
      books === null
        ? `${term(VOLUME_KIND_INFO[kind])} ${t('case:header.closed')}`
        : t('case:header.books', { volume: term(VOLUME_KIND_INFO[kind]), count: books }),
    )
    .join(' · ')
}

const TWO = (value: number) => String(value).padStart(2, '0')

/** Local date and time to the minute, in even figures. */
export function timeWords(iso: string): string {
  const at = new Date(iso)
  return `${at.getFullYear()}-${TWO(at.getMonth() + 1)}-${TWO(at.getDate())} ${TWO(at.getHours())}:${TWO(at.getMinutes())}`
}
