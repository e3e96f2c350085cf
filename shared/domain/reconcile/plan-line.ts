import type { PlanStep } from '../../contract/settlements.ts'

type StepKind = PlanStep['kind']
type Language = 'zh' | 'en'

const KINDS: Readonly<Record<StepKind, Readonly<Record<Language, (count: number) => string>>>> = {
  insert: { zh: (n) => `插入 ${n} 页`, en: (n) => `${n} inserted` },
  replace: { zh: (n) => `替换 ${n} 页`, en: (n) => `${n} replaced` },
  move: { zh: (n) => `调序 ${n} 页`, en: (n) => `${n} put in order` },
  rotate: { zh: (n) => `旋转 ${n} 页`, en: (n) => `${n} turned` },
  remove: { zh: (n) => `移除 ${n} 页`, en: (n) => `${n} removed` },
  'move-volume': { zh: (n) => `移卷 ${n} 页`, en: (n) => `${n} moved to another volume` },
  'edit-item': { zh: (n) => `更正目录 ${n} 行`, en: (n) => `catalogue rows corrected: ${n}` },
  'add-item': { zh: (n) => `补目录 ${n} 行`, en: (n) => `catalogue rows entered: ${n}` },
  'remove-item': { zh: (n) => `删目录 ${n} 行`, en: (n) => `catalogue rows taken out: ${n}` },
  note: { zh: (n) => `说明 ${n} 条`, en: (n) => `notes: ${n}` },
}
const ORDER = Object.keys(KINDS) as readonly StepKind[]

/** What a plan did, in codes: how many pages or rows of each kind of step, and the pages of the volume. */
export interface PlanLine {
  readonly done: readonly { readonly kind: StepKind; readonly count: number }[]
  readonly pagesBefore: number
  readonly pagesAfter: number
}

/** What a step changes, so that two differences settled by one change are counted once. */
function subject(step: PlanStep, place: number): string {
  switch (step.kind) {
    case 'insert':
      return step.paperPageId
    case 'edit-item':
    case 'remove-item':
      return step.itemId
    case 'add-item':
    case 'note':
      return String(place)
    default:
      return step.pageId
  }
}

/** How often each kind of step changes something, in the order of the line. */
export function countSteps(steps: readonly PlanStep[]): PlanLine['done'] {
  return ORDER.flatMap((kind) => {
    const mine = steps.flatMap((step, place) => (step.kind === kind ? [subject(step, place)] : []))
    return mine.length === 0 ? [] : [{ kind, count: new Set(mine).size }]
  })
}

/** The line of 备考表 that an applied plan adds; `numbers` are those of the register. */
export function planLineWords(
  { done, pagesBefore, pagesAfter }: PlanLine,
  numbers: readonly string[],
  language: Language,
): string {
  const zh = language === 'zh'
  const counts = done.map(({ kind, count }) => KINDS[kind][language](count)).join(zh ? '，' : ', ')
  const same = pagesBefore === pagesAfter
  if (zh) {
    const basis = numbers.length === 0 ? '' : `据不符登记 ${numbers.join('、')}，`
    return `${basis}${counts}${same ? '' : `；全卷由 ${pagesBefore} 页变为 ${pagesAfter} 页`}。`
  }
  const basis = numbers.length === 0 ? '' : `By ${numbers.join(', ')}: `
  return `${basis}${counts}${same ? '' : `; the volume went from ${pagesBefore} to ${pagesAfter} pages`}.`
}
