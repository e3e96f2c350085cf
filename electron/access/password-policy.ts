import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'
import type { PasswordStrength } from '../../shared/contract/vault.ts'

const SHORTEST = 10
const CLASSES_NEEDED = 3
const SCORE_NEEDED = 3
const CLASSES: readonly RegExp[] = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u]
/** Chinese characters are neither upper nor lower case: they count as a class of their own. */
const UNCASED = /\p{Lo}/u

/**
 * Judges a password by the policy of domain.md §7 (GB/T 22239-2019, 8.1.4.1: length, classes, not guessable).
 * `hints` are words that an attacker knows, such as the account's name: a password must not be made of them.
 */
export function passwordJudge(): (password: string, hints: readonly string[]) => PasswordStrength {
  const estimate = new ZxcvbnFactory({ dictionary: { ...dictionary }, graphs: adjacencyGraphs })
  return (password, hints) => {
    const problems = new Set<PasswordStrength['problems'][number]>()
    const known = hints.map((hint) => hint.trim().toLowerCase()).filter((hint) => hint.length >= 2)
    const { score, sequence } = estimate.check(password.slice(0, 128), known)
    const classes = [...CLASSES, UNCASED].filter((kind) => kind.test(password)).length
    if (Array.from(password).length < SHORTEST) problems.add('too-short')
    if (classes < CLASSES_NEEDED) problems.add('too-few-classes')
    if (known.some((hint) => password.toLowerCase().includes(hint))) problems.add('contains-name')
    for (const match of sequence) {
      if (match.pattern === 'dictionary' && score < SCORE_NEEDED) problems.add('common')
      if (match.pattern === 'repeat' && score < SCORE_NEEDED) problems.add('repeats')
      if ((match.pattern === 'sequence' || match.pattern === 'spatial') && score < SCORE_NEEDED) {
        problems.add('sequence')
      }
    }
    if (score < SCORE_NEEDED) problems.add('guessable')
    return { score, acceptable: problems.size === 0, problems: [...problems] }
  }
}
