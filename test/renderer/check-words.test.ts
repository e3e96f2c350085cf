import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { MatchReason } from '../../electron/reconcile/matching/index.ts'
import { CHECK_TABS } from '../../renderer/screens/reconcile/check-tabs.ts'
import { JobState } from '../../shared/contract/jobs.ts'
import { VolumeProof } from '../../shared/contract/model.ts'
import {
  CHANGE_KINDS,
  FoundChange,
  MATCH_KINDS,
  RECONCILIATION_STATES,
  TextRun,
} from '../../shared/contract/reconcile.ts'
import { PlannedPage, PlanStep } from '../../shared/contract/settlements.ts'
import { DIFFERENCE_STATES, PLAN_STATES } from '../../shared/domain/reconcile/handling.ts'
import { PROOF_LACKS } from '../../shared/domain/reconcile/proof.ts'
import { SEVERITY_RULES } from '../../shared/domain/reconcile/severity.ts'

type Words = { readonly [key: string]: string | Words }

/** Every one of a union's members, so that a new one without words here does not compile. */
const every = <T extends string>(members: Readonly<Record<T, true>>) => Object.keys(members) as T[]

const REASONS = every<MatchReason['code'] | 'again'>({
  decided: true,
  'text-alike': true,
  'image-alike': true,
  'printed-number': true,
  neighbours: true,
  turned: true,
  'only-image': true,
  'only-text': true,
  'look-alike-rival': true,
  'text-differs': true,
  blank: true,
  again: true,
})
const PHASES = ['waiting', 'starting', 'listing', 'importing', 'reading', 'matching', 'comparing', 'filing']
const changed = PlannedPage.shape.change.options.filter((change) => change !== 'none')

const SPOKEN: readonly (readonly [file: string, group: string, codes: readonly string[]])[] = [
  ['reconcile', 'reason', REASONS],
  ['reconcile', 'kind', MATCH_KINDS],
  ['reconcile', 'state', [...MATCH_KINDS, 'changed', 'unsure', 'outside', 'moved', 'turned']],
  ['reconcile', 'change', CHANGE_KINDS],
  ['reconcile', 'source', FoundChange.shape.sources.element.options],
  ['reconcile', 'text.kind', TextRun.shape.kind.options.filter((kind) => kind !== 'same')],
  ['reconcile', 'count', DIFFERENCE_STATES],
  ['reconcile', 'ended-state', RECONCILIATION_STATES.filter((state) => state !== 'open')],
  ['reconcile', 'ended', RECONCILIATION_STATES.filter((state) => state !== 'open')],
  ['reconcile', 'proof.by', VolumeProof.shape.fell.element.options],
  ['reconcile', 'phase', PHASES],
  ['jobs', 'state', JobState.options],
  ['settling', 'source', FoundChange.shape.sources.element.options],
  ['settling', 'rule', SEVERITY_RULES],
  ['settling', 'waits', DIFFERENCE_STATES],
  ['settling', 'plan-state', PLAN_STATES],
  ['settling', 'plan-waits', PLAN_STATES],
  ['settling', 'change', PlannedPage.shape.change.options],
  ['settling', 'legend', changed],
  ['proofs', 'phase', ['begin', 'images', 'pictures']],
  ['proofs', 'go', CHECK_TABS],
  ['settling', 'field', ['row', 'note', ...PlanStep.options.flatMap((step) => fieldsOf(step))]],
]

function fieldsOf(step: (typeof PlanStep.options)[number]): string[] {
  return step.shape.kind.value === 'edit-item' && 'values' in step.shape
    ? Object.keys(step.shape.values.shape)
    : []
}

function wordsOf(language: string, file: string): Words {
  const path = new URL(`../../renderer/locales/${language}/${file}.json`, import.meta.url)
  return JSON.parse(readFileSync(path, 'utf8'))
}

const groupOf = (words: Words, group: string) =>
  group.split('.').reduce<Words | string | undefined>((at, key) => (at as Words | undefined)?.[key], words)

describe.each(['zh-CN', 'en'])('words of checking paper against electronic (%s)', (language) => {
  it.each(SPOKEN)('%s: every %s has its own', (file, group, codes) => {
    const words = (groupOf(wordsOf(language, file), group) ?? {}) as Words
    expect(codes.filter((code) => typeof words[code] !== 'string')).toEqual([])
    expect(codes.length).toBeGreaterThan(0)
  })

  it('say of everything that a report may lack what is open', () => {
    const words = groupOf(wordsOf(language, 'proofs'), 'lack') as Words
    const said = new Set(Object.keys(words).map((key) => key.replace(/_(?:one|other)$/, '')))
    expect([...said].sort()).toEqual([...PROOF_LACKS].sort())
  })

  it('name every kind of step of a plan', () => {
    const words = groupOf(wordsOf(language, 'settling'), 'do-step') as Words
    expect(Object.keys(words).sort()).toEqual(PlanStep.options.map((step) => step.shape.kind.value).sort())
  })
})
