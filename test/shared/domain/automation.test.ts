import { describe, expect, test } from 'vitest'
import { isPausing } from '../../../shared/domain/backup/automation.ts'

const ENDED = '2026-03-02T02:00:00.000Z'
const hoursOn = (hours: number) => new Date(Date.parse(ENDED) + hours * 3_600_000)

describe('after a backup that ran by itself and settled nothing', () => {
  test('one that failed is tried again after an hour', () => {
    const attempt = { endedAt: ENDED, failed: true }
    expect(isPausing(attempt, null, hoursOn(0.9))).toBe(true)
    expect(isPausing(attempt, null, hoursOn(1))).toBe(false)
  })

  test('one that ran through and proved nothing is tried again after a day', () => {
    const attempt = { endedAt: ENDED, failed: false }
    expect(isPausing(attempt, null, hoursOn(23))).toBe(true)
    expect(isPausing(attempt, null, hoursOn(24))).toBe(false)
  })

  test('a medium that was plugged in anew is tried at once, and a clock set back stops nothing for good', () => {
    const attempt = { endedAt: ENDED, failed: true }
    expect(isPausing(attempt, '2026-03-02T02:00:00.001Z', hoursOn(0.1))).toBe(false)
    expect(isPausing(attempt, ENDED, hoursOn(0.1))).toBe(true)
    expect(isPausing(attempt, null, hoursOn(-24))).toBe(false)
  })
})
