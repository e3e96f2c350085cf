import { describe, expect, test } from 'vitest'
import { passwordJudge } from '../../electron/access/index.ts'

const judge = passwordJudge()

describe('the password policy', () => {
  test.each([
    ['Kestrel-91-lamp', []],
    ['河畔Otter82石桥', []],
    ['tR7#mq0vLx', []],
    ['lantern 77 Quarry moss', ['王管理']],
  ])('takes %s', (password, hints) => {
    expect(judge(password, hints)).toMatchObject({ acceptable: true, problems: [] })
  })

  test.each([
    ['', [], 'too-short'],
    ['tR7#mq0vL', [], 'too-short'],
    ['河畔A1', [], 'too-short'],
    ['kqzvxwjpyhtgm', [], 'too-few-classes'],
    ['kqzvxwjp48271', [], 'too-few-classes'],
    ['Password123!', [], 'common'],
    ['Aa1!Aa1!Aa1!', [], 'repeats'],
    ['Qwertyuiop1!', [], 'guessable'],
    ['abcdefghij1A', [], 'sequence'],
    ['Zhangwei-71-kiln', ['zhangwei'], 'contains-name'],
    ['ZHANGWEI-71-kiln', [' ZhangWei '], 'contains-name'],
    ['王管理71-kiln-Moss', ['王管理'], 'contains-name'],
  ])('turns down %s', (password, hints, problem) => {
    const { acceptable, problems } = judge(password, hints)
    expect(acceptable).toBe(false)
    expect(problems).toContain(problem)
  })

  test('does not count a name of one letter, nor an empty one', () => {
    expect(judge('Kestrel-91-lamp', ['k', '', ' ']).acceptable).toBe(true)
  })

  test('judges a very long password without delay', () => {
    expect(judge('Kestrel-91-lamp '.repeat(30), []).score).toBe(4)
  })
})
