/** What a key asks of the viewer. */
export type ViewerCommand =
  | 'next'
  | 'previous'
  | 'first'
  | 'last'
  | 'next-item'
  | 'previous-item'
  | 'go-to'
  | 'scroll-down'
  | 'scroll-up'
  | 'screen-down'
  | 'screen-up'
  | 'zoom-in'
  | 'zoom-out'
  | 'fit-page'
  | 'fit-width'
  | 'actual-size'
  | 'rotate'
  | 'rotate-back'
  | 'full-screen'
  | 'leave'
  | 'grid'
  | 'spread'
  | 'cover-alone'
  | 'filmstrip'
  | 'text'
  | 'select-all'
  | 'copy'
  | 'find'
  | 'next-hit'
  | 'previous-hit'
  | 'keys'

export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

const PLAIN: Readonly<Record<string, ViewerCommand>> = {
  ArrowRight: 'next',
  ArrowLeft: 'previous',
  PageDown: 'next',
  PageUp: 'previous',
  Home: 'first',
  End: 'last',
  ArrowDown: 'scroll-down',
  ArrowUp: 'scroll-up',
  '+': 'zoom-in',
  '=': 'zoom-in',
  '-': 'zoom-out',
  '0': 'fit-page',
  '1': 'actual-size',
  w: 'fit-width',
  r: 'rotate',
  f: 'full-screen',
  g: 'go-to',
  t: 'grid',
  d: 'spread',
  c: 'cover-alone',
  b: 'filmstrip',
  s: 'text',
  '/': 'find',
  n: 'next-hit',
  F3: 'next-hit',
  '?': 'keys',
  '？': 'keys',
  Escape: 'leave',
}

const COMMANDED: Readonly<Record<string, ViewerCommand>> = {
  ArrowRight: 'next-item',
  ArrowLeft: 'previous-item',
  '+': 'zoom-in',
  '=': 'zoom-in',
  '-': 'zoom-out',
  '0': 'fit-page',
  f: 'find',
  a: 'select-all',
  c: 'copy',
}

/** With Shift held they do the other thing. */
const SHIFTED: Readonly<Record<string, ViewerCommand>> = {
  r: 'rotate-back',
  n: 'previous-hit',
  F3: 'previous-hit',
}

function lookUp(commands: Readonly<Record<string, ViewerCommand>>, key: string): ViewerCommand | undefined {
  return Object.hasOwn(commands, key) ? commands[key] : undefined
}

/** The command of a key press; undefined when the viewer has none for it. */
export function commandOf(press: KeyPress): ViewerCommand | undefined {
  if (press.altKey) return undefined
  if (press.ctrlKey || press.metaKey) return lookUp(COMMANDED, press.key)
  if (press.key === ' ') return press.shiftKey ? 'screen-up' : 'screen-down'
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key
  return (press.shiftKey ? lookUp(SHIFTED, key) : undefined) ?? lookUp(PLAIN, key)
}

export interface KeyLine {
  readonly keys: readonly string[]
  /** What it does, in words. */
  readonly words: string
}

/** The sheet of keys: i18next keys of the words, by group. */
export const KEY_SHEET: readonly {
  readonly group: string
  readonly lines: readonly { readonly keys: readonly string[]; readonly label: string }[]
}[] = [
  {
    group: 'viewer:keys.moving',
    lines: [
      { keys: ['←', '→', 'PageUp', 'PageDown'], label: 'viewer:keys.page' },
      { keys: ['Ctrl ←', 'Ctrl →'], label: 'viewer:keys.item' },
      { keys: ['Home', 'End'], label: 'viewer:keys.ends' },
      { keys: ['G'], label: 'viewer:keys.goTo' },
      { keys: ['↑', '↓'], label: 'viewer:keys.scroll' },
      { keys: ['Space', 'Shift Space'], label: 'viewer:keys.screen' },
    ],
  },
  {
    group: 'viewer:keys.looking',
    lines: [
      { keys: ['+', '−'], label: 'viewer:keys.zoom' },
      { keys: ['0'], label: 'viewer:keys.fitPage' },
      { keys: ['W'], label: 'viewer:keys.fitWidth' },
      { keys: ['1'], label: 'viewer:keys.actualSize' },
      { keys: ['R', 'Shift R'], label: 'viewer:keys.rotate' },
      { keys: ['D'], label: 'viewer:keys.spread' },
      { keys: ['C'], label: 'viewer:keys.coverAlone' },
      { keys: ['T'], label: 'viewer:keys.grid' },
      { keys: ['B'], label: 'viewer:keys.filmstrip' },
      { keys: ['F'], label: 'viewer:keys.fullScreen' },
    ],
  },
  {
    group: 'viewer:keys.words',
    lines: [
      { keys: ['/', 'Ctrl F'], label: 'viewer:keys.find' },
      { keys: ['N', 'F3'], label: 'viewer:keys.nextHit' },
      { keys: ['Shift N', 'Shift F3'], label: 'viewer:keys.previousHit' },
      { keys: ['S'], label: 'viewer:keys.text' },
      { keys: ['Ctrl A'], label: 'viewer:keys.selectAll' },
      { keys: ['Ctrl C'], label: 'viewer:keys.copy' },
    ],
  },
  {
    group: 'viewer:keys.mouse',
    lines: [
      { keys: ['viewer:keys.ctrlWheel'], label: 'viewer:keys.zoomAtMouse' },
      { keys: ['viewer:keys.drag'], label: 'viewer:keys.pan' },
      { keys: ['viewer:keys.wheel'], label: 'viewer:keys.scroll' },
    ],
  },
]
