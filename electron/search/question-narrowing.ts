import type { UnderstoodPart } from '../../shared/contract/search.ts'
import { fieldWord, type Question } from '../../shared/domain/search/question.ts'
import type { Clause } from '../../shared/domain/search/question-clause.ts'
import { readVolumeKind, type VolumeKind } from '../../shared/domain/volume-kind.ts'

type Understood = (typeof UnderstoodPart)['_zod']['output'][]

export interface Narrowing {
  readonly years: readonly (readonly number[])[]
  readonly kinds: readonly (readonly VolumeKind[])[]
}

function yearsOf(typed: string): readonly number[] {
  const [, first = '', last = first] =
    /^(\d{4})(?:[-—–~至到](\d{4}))?年?$/.exec(typed.normalize('NFKC')) ?? []
  const from = Number(first)
  const to = Number(last)
  if (first === '' || to < from || to - from > 200) return []
  return Array.from({ length: to - from + 1 }, (_, place) => from + place)
}

/** What the question itself narrows by 年: and 卷别:. A value without sense finds nothing. */
export function narrowingOf(question: Question): Narrowing {
  const parts = question.filter((group) => group[0]?.excluded === false)
  const of = (field: 'year' | 'volume-kind') =>
    parts.flatMap((group) => {
      const values = group.filter((part) => part.field === field).map(({ text: value }) => value)
      return values.length === 0 ? [] : [values]
    })
  return {
    years: of('year').map((values) => values.flatMap(yearsOf)),
    kinds: of('volume-kind').map((values) => values.flatMap((value) => readVolumeKind(value) ?? [])),
  }
}

/** How a question was understood, for whoever asked it. */
export function understoodOf(question: Question, clauses: readonly Clause[]): Understood {
  const asked = clauses.flatMap(({ parts }) =>
    parts.map(({ part, kind, tooShortForPages }) => ({
      kind,
      text: part.text,
      field: part.field === 'year' || part.field === 'volume-kind' ? null : part.field,
      excluded: part.excluded,
      tooShortForPages,
    })),
  )
  const narrowing = question.flat().filter(({ field }) => field === 'year' || field === 'volume-kind')
  return [
    ...asked,
    ...narrowing.map(({ text: value, field, excluded }) => ({
      kind: 'words' as const,
      text: field === null ? value : `${fieldWord(field)}:${value}`,
      field: null,
      excluded,
      tooShortForPages: false,
    })),
  ]
}
