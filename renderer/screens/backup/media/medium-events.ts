import type { Medium } from '../../../../shared/contract/media.ts'
import type { MediumEvent } from '../../../../shared/domain/backup/medium.ts'

/** What may happen next to a medium as it stands. */
export function eventsFor({ state, present }: Medium): readonly MediumEvent[] {
  if (state === 'retired') return []
  if (state === 'lost') return ['found', 'retired']
  return [
    ...(present ? (['removed-safely'] as const) : []),
    'moved',
    'handed-over',
    'inspected',
    'migrated',
    'retired',
    'lost',
  ]
}

/** What the line in the register asks for, beside the note. */
export const ASKED: Readonly<
  Record<
    MediumEvent,
    { readonly toPlace?: 'needed' | 'open'; readonly counterpart?: 'needed' | 'open'; readonly counts?: true }
  >
> = {
  registered: {},
  moved: { toPlace: 'needed' },
  'handed-over': { toPlace: 'needed', counterpart: 'needed' },
  inspected: { counts: true },
  'removed-safely': { toPlace: 'open' },
  migrated: { toPlace: 'open', counterpart: 'needed' },
  retired: { toPlace: 'open' },
  lost: {},
  found: { toPlace: 'needed' },
}
