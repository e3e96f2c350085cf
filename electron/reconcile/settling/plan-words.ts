import type { PlanStep } from '../../../shared/contract/differences.ts'
import type { MadePlan } from './plan-making.ts'

const KINDS: Readonly<Record<PlanStep['kind'], (count: number) => string>> = {
  insert: (count) => `插入 ${count} 页`,
  replace: (count) => `替换 ${count} 页`,
  move: (count) => `调序 ${count} 页`,
  rotate: (count) => `旋转 ${count} 页`,
  remove: (count) => `移除 ${count} 页`,
  'move-volume': (count) => `移卷 ${count} 页`,
  'edit-item': (count) => `更正目录 ${count} 行`,
  'add-item': (count) => `补目录 ${count} 行`,
  'remove-item': (count) => `删目录 ${count} 行`,
  note: (count) => `说明 ${count} 条`,
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

/** The line of 备考表 that an applied plan adds. */
export function planWords({ steps, state, outcome }: MadePlan, numbers: readonly string[]): string {
  const counts = Object.entries(KINDS).flatMap(([kind, words]) => {
    const mine = steps.flatMap((step, place) => (step.kind === kind ? [subject(step, place)] : []))
    return mine.length === 0 ? [] : [words(new Set(mine).size)]
  })
  const pages = `全卷由 ${state.pages.length} 页变为 ${outcome.after.pages.length} 页`
  const after = state.pages.length === outcome.after.pages.length ? '' : `；${pages}`
  const basis = numbers.length === 0 ? '' : `据不符登记 ${numbers.join('、')}，`
  return `${basis}${counts.join('，')}${after}。`
}
