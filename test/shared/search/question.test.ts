import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseQuestion, printQuestion } from '../../../shared/domain/search/question.ts'
import { clausesOf } from '../../../shared/domain/search/question-clause.ts'

const piece = fc.oneof(
  fc.constantFrom(
    ...'张三借条0199号-*:："“”「」 　（）或非年',
    'OR',
    'NOT',
    'AND',
    '案由:',
    'cause:',
    '页内：',
    '年:',
    '|',
    '--',
    'a',
  ),
  fc.string({ maxLength: 4 }),
)
const typed = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''))

describe('a question', () => {
  test('is read whatever is typed, and printed as what it was read as', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const question = parseQuestion(text)
        expect(parseQuestion(printQuestion(question))).toEqual(question)
        for (const tolerant of [false, true]) clausesOf(question, tolerant)
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    ['张三 借条', '张三 借条'],
    ['“民间 借贷”-张三', '"民间 借贷" -张三'],
    ['「借条」 NOT 利息 非盗窃', '"借条" -利息 非盗窃'],
    ['借条 非 利息', '借条 -利息'],
    ['案由：借贷 姓名:李四', '案由:借贷 当事人:李四'],
    ['cause:"民间 借贷"', '案由:"民间 借贷"'],
    ['甲乙 OR 丙丁 AND 戊己', '甲乙 OR 丙丁 戊己'],
    ['甲乙 | -丙丁', '甲乙 -丙丁'],
    ['借*', '借*'],
    ['OR NOT 案由:', ''],
    ['- * "" ，。', ''],
    ['a:b http://x', 'a:b http://x'],
  ])('%s is %s', (text, printed) => {
    expect(printQuestion(parseQuestion(text))).toBe(printed)
  })
})
