import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { decodeAlone, decodeTogether } from '../../electron/intake/decode-turns.ts'

test('what runs alone overlaps with nothing, what runs together does, and all of it ends', async () => {
  let together = 0
  let alone = 0
  let most = 0
  let overlapped = false
  const shared = (ms: number) =>
    decodeTogether(async () => {
      together += 1
      most = Math.max(most, together)
      overlapped ||= alone > 0
      await wait(ms)
      together -= 1
    })
  const single = (fail: boolean) =>
    decodeAlone(async () => {
      alone += 1
      overlapped ||= together > 0 || alone > 1
      await wait(3)
      alone -= 1
      if (fail) throw new Error('told')
    })
  const work = Array.from({ length: 60 }, (_, place) =>
    place % 7 === 3 ? single(place % 2 === 0).catch(() => undefined) : shared(place % 5),
  )
  await Promise.all(work)
  expect(overlapped).toBe(false)
  expect(most).toBeGreaterThan(1)
})
