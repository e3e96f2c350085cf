import type { KeyPress } from '../../viewer/keys.ts'

export const COMPARE_MODES = ['side', 'overlay', 'blink', 'swipe', 'text'] as const
export type CompareMode = (typeof COMPARE_MODES)[number]

/** What a key asks of the comparing view; figures and Enter belong to the panel of differences. */
export type CompareCommand =
  | CompareMode
  | 'next-difference'
  | 'previous-difference'
  | 'next-page'
  | 'previous-page'
  | 'first-page'
  | 'last-page'
  | 'zoom-in'
  | 'zoom-out'
  | 'fit'
  | 'scroll-up'
  | 'scroll-down'
  | 'keys'

export const MODE_KEYS: Readonly<Record<CompareMode, string>> = {
  side: 'D',
  overlay: 'O',
  blink: 'B',
  swipe: 'S',
  text: 'T',
}

const COMMANDS: Readonly<Record<string, CompareCommand>> = {
  d: 'side',
  o: 'overlay',
  b: 'blink',
  s: 'swipe',
  t: 'text',
  ArrowRight: 'next-page',
  ArrowLeft: 'previous-page',
  PageDown: 'next-page',
  PageUp: 'previous-page',
  Home: 'first-page',
  End: 'last-page',
  ArrowUp: 'scroll-up',
  ArrowDown: 'scroll-down',
  '+': 'zoom-in',
  '=': 'zoom-in',
  '-': 'zoom-out',
  '0': 'fit',
  '?': 'keys',
  '？': 'keys',
}

/** The command of a key press; undefined when there is none for it. */
export function compareCommandOf(press: KeyPress): CompareCommand | undefined {
  if (press.altKey || press.ctrlKey || press.metaKey) return undefined
  if (press.key === ' ') return press.shiftKey ? 'previous-difference' : 'next-difference'
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key
  return Object.hasOwn(COMMANDS, key) ? COMMANDS[key] : undefined
}

/** The sheet of keys: names in `reconcile:keys`. */
export const COMPARE_KEY_SHEET: readonly { readonly keys: readonly string[]; readonly label: string }[] = [
  { keys: ['Space', 'Shift Space'], label: 'difference' },
  { keys: ['←', '→'], label: 'page' },
  { keys: ['Home', 'End'], label: 'ends' },
  { keys: ['D'], label: 'side' },
  { keys: ['O'], label: 'overlay' },
  { keys: ['B'], label: 'blink' },
  { keys: ['S'], label: 'swipe' },
  { keys: ['T'], label: 'text' },
  { keys: ['+', '−'], label: 'zoom' },
  { keys: ['0'], label: 'fit' },
  { keys: ['↑', '↓'], label: 'scroll' },
]
