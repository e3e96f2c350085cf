import type { InputOf } from '../../../shared/contract/index.ts'
import { RETENTION_CODES, type RetentionCode } from '../../../shared/domain/retention.ts'
import { VOLUME_KINDS, type VolumeKind } from '../../../shared/domain/volume-kind.ts'

/** The question on the screen; it stands in the address, so that going back brings it back. */
export interface ScreenQuestion {
  readonly text: string
  readonly order: 'newest' | 'best'
  readonly tolerant: boolean
  readonly years: readonly number[]
  readonly types: readonly string[]
  readonly volumeKinds: readonly VolumeKind[]
  readonly retentions: readonly RetentionCode[]
}

const LONGEST = 200

function among<T extends string>(known: readonly T[], values: readonly string[]): readonly T[] {
  return known.filter((value) => values.includes(value))
}

/** Reads the question from the address; what is not understood there is left out. */
export function questionOf(address: URLSearchParams): ScreenQuestion {
  return {
    text: (address.get('q') ?? '').trim().slice(0, LONGEST),
    order: address.get('order') === 'best' ? 'best' : 'newest',
    tolerant: address.get('tolerant') === '1',
    years: [
      ...new Set(
        address
          .getAll('year')
          .filter((text) => /^\d{4}$/.test(text))
          .map(Number),
      ),
    ].slice(0, 200),
    types: [...new Set(address.getAll('type'))].filter((type) => type.length <= 40).slice(0, 200),
    volumeKinds: among(VOLUME_KINDS, address.getAll('volume')),
    retentions: among(RETENTION_CODES, address.getAll('retention')),
  }
}

export function addressOf(question: ScreenQuestion): URLSearchParams {
  const address = new URLSearchParams()
  if (question.text !== '') address.set('q', question.text)
  if (question.order === 'best') address.set('order', 'best')
  if (question.tolerant) address.set('tolerant', '1')
  for (const year of question.years) address.append('year', String(year))
  for (const type of question.types) address.append('type', type)
  for (const kind of question.volumeKinds) address.append('volume', kind)
  for (const code of question.retentions) address.append('retention', code)
  return address
}

type AskedQuestion = InputOf<'search.facets'>

export function askedOf({ text, order, tolerant, ...filters }: ScreenQuestion): AskedQuestion {
  const { years, types, volumeKinds, retentions } = filters
  return {
    ...{ text, order, tolerant },
    filters: {
      years: [...years],
      types: [...types],
      volumeKinds: [...volumeKinds],
      retentions: [...retentions],
    },
  }
}

export function screenOf(asked: AskedQuestion): ScreenQuestion {
  return {
    text: asked.text,
    order: asked.order ?? 'newest',
    tolerant: asked.tolerant ?? false,
    years: asked.filters?.years ?? [],
    types: asked.filters?.types ?? [],
    volumeKinds: asked.filters?.volumeKinds ?? [],
    retentions: asked.filters?.retentions ?? [],
  }
}

export function filterCount({ years, types, volumeKinds, retentions }: ScreenQuestion): number {
  return years.length + types.length + volumeKinds.length + retentions.length
}

export const NO_FILTERS = { years: [], types: [], volumeKinds: [], retentions: [] } as const
