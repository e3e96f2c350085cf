import type { PlanStep } from '../../contract/settlements.ts'
import type { CatalogueChange, StepRefusal } from './plan-outcome.ts'
import type { StateItem } from './volume-state.ts'

const FIELDS = [
  'title',
  'documentNumber',
  'responsible',
  'date',
  'firstPrinted',
  'lastPrinted',
  'remark',
] as const

/** What steps make of the catalogue's rows; places are those of the rows as they stood before. */
export function planItems(before: readonly StateItem[], books: readonly { readonly id: string }[]) {
  const edited = new Map<string, Partial<StateItem>>()
  const removed = new Set<string>()
  const arriving = new Map<string, StateItem[]>()
  const touchedBooks = new Set<string>()
  const restructured = new Set<string>()
  const changes: CatalogueChange[] = []
  const find = (id: string) => before.find(({ key }) => key === id)
  const rowWords = ({ sequence, title }: Pick<StateItem, 'sequence' | 'title'>) => `${sequence} ${title}`

  const take = (step: PlanStep, place: number): StepRefusal | null => {
    switch (step.kind) {
      case 'edit-item': {
        const item = find(step.itemId)
        if (item === undefined) return 'unknown-item'
        const known = edited.get(item.key) ?? {}
        const wanted = FIELDS.flatMap((field) => {
          const value = step.values[field]
          return value === undefined ? [] : [[field, value] as const]
        })
        // Several differences may each correct another field of one row.
        if (removed.has(item.key) || wanted.some(([field]) => Object.hasOwn(known, field)))
          return 'item-handled-twice'
        edited.set(item.key, { ...known, ...Object.fromEntries(wanted) })
        for (const [field, value] of wanted) {
          if (item[field] === value) continue
          changes.push({ row: rowWords(item), field, before: item[field], after: value })
          if (field === 'firstPrinted' || field === 'lastPrinted') touchedBooks.add(item.bookId)
        }
        return null
      }
      case 'remove-item': {
        const item = find(step.itemId)
        if (item === undefined) return 'unknown-item'
        if (removed.has(item.key) || edited.has(item.key)) return 'item-handled-twice'
        removed.add(item.key)
        restructured.add(item.bookId)
        if (item.firstPrinted !== '') touchedBooks.add(item.bookId)
        changes.push({ row: rowWords(item), field: 'row', before: item.title, after: '' })
        return null
      }
      case 'add-item': {
        if (!books.some(({ id }) => id === step.bookId)) return 'unknown-book'
        const next = step.beforeItemId === null ? undefined : find(step.beforeItemId)
        if (step.beforeItemId !== null && next === undefined) return 'unknown-item'
        if (next !== undefined && next.bookId !== step.bookId) return 'item-of-other-book'
        const slot = next?.key ?? `end:${step.bookId}`
        const { title, documentNumber, responsible, date, firstPrinted, lastPrinted } = step
        const made: StateItem = {
          ...{ key: `item:${place}`, bookId: step.bookId, sequence: 0, title, documentNumber },
          ...{ responsible, date, firstPrinted, lastPrinted, remark: '' },
        }
        arriving.set(slot, [...(arriving.get(slot) ?? []), made])
        restructured.add(step.bookId)
        if (firstPrinted !== '') touchedBooks.add(step.bookId)
        changes.push({ row: title, field: 'row', before: '', after: title })
        return null
      }
      case 'note':
        changes.push({ row: '备考表', field: 'note', before: '', after: step.text })
        return null
      default:
        return null
    }
  }
  const result = () => {
    const items = books.flatMap(({ id }) => {
      const ofBook = before.filter(({ bookId }) => bookId === id)
      const kept = ofBook.flatMap((item) => [
        ...(arriving.get(item.key) ?? []),
        ...(removed.has(item.key) ? [] : [{ ...item, ...edited.get(item.key) }]),
      ])
      const all = [...kept, ...(arriving.get(`end:${id}`) ?? [])]
      return restructured.has(id) ? all.map((item, place) => ({ ...item, sequence: place + 1 })) : all
    })
    return { items, catalogueChanges: changes, removed, touchedBooks }
  }
  return { take, result }
}
