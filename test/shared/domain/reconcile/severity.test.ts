import { expect, test } from 'vitest'
import { severityOf } from '../../../../shared/domain/reconcile/severity.ts'

const facts = { type: 'D01', itemWords: '3 起诉状', pagesTouched: 1, pagesOfVolume: 100 } as const

test.each([
  [{ type: 'D09' }, 'serious', 'wrong-case'],
  [{ type: 'D10' }, 'serious', 'secrecy'],
  [{ type: 'D25' }, 'serious', 'secrecy'],
  [{ itemWords: '7 民事判决书' }, 'serious', 'key-document'],
  [{ itemWords: '5 庭审笔录' }, 'serious', 'key-document'],
  [{ itemWords: '4 原告证据' }, 'serious', 'key-document'],
  [{ pagesTouched: 6 }, 'serious', 'share'],
  [{ pagesTouched: 5 }, 'ordinary', 'ordinary'],
  [{ type: 'D05', itemWords: '7 民事判决书' }, 'slight', 'minor'],
  [{ type: 'D11', pagesTouched: 50 }, 'slight', 'minor'],
  [{ type: 'D12' }, 'ordinary', 'ordinary'],
] as const)('%o is %s by the rule %s', (more, severity, rule) => {
  expect(severityOf({ ...facts, ...more })).toEqual({ severity, rule })
})
