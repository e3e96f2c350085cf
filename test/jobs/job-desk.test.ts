import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Catalogue, openCatalogue } from '../../electron/catalogue/index.ts'
import { type JobDesk, type JobKind, type JobWork, jobDesk } from '../../electron/jobs/index.ts'
import type { JobSummary } from '../../shared/contract/jobs.ts'
import { AppError } from '../../shared/errors.ts'
import { codeOf, freshCatalogue, newId } from '../fixtures/catalogue/open.ts'

const Input = z.object({ units: z.number(), resource: z.string(), volumeId: z.string().optional() })
type Input = z.infer<typeof Input>

function kindOf(run: (work: JobWork<Input>) => Promise<void>): JobKind<Input> {
  return {
    kind: 'count',
    input: Input,
    label: ({ units }) => `${units} units`,
    resources: ({ resource }) => [resource],
    run,
  }
}

function deskOver(catalogue: Catalogue, run: (work: JobWork<Input>) => Promise<void>) {
  const seen: { at: number; job: JobSummary }[] = []
  const errors: unknown[] = []
  const desk = jobDesk({
    sql: catalogue.sql,
    now: () => new Date(),
    newId,
    onChange: (job) => seen.push({ at: performance.now(), job }),
    onError: (_, error) => errors.push(error),
  })
  desk.register(kindOf(run))
  return { desk, seen, errors }
}

/** Does its units one by one, each in a moment of its own, and leaves out those that are recorded. */
function counting(done: number[], stopAt?: { readonly unit: number; readonly reached: () => void }) {
  return async ({ input, signal, progress, record, outcomeOf }: JobWork<Input>) => {
    for (let unit = 1; unit <= input.units; unit++) {
      signal.throwIfAborted()
      if (outcomeOf(`unit|${unit}`) === 'imported') continue
      done.push(unit)
      record({ unitKey: `unit|${unit}`, subject: String(unit), outcome: 'imported' })
      progress({ done: unit, total: input.units, phase: 'counting' })
      if (stopAt?.unit === unit) stopAt.reached()
      await wait(1)
    }
  }
}

const start = (desk: JobDesk, input: Partial<Input> = {}) =>
  desk.start('count', { units: 5, resource: 'volume:1', ...input }, 'someone')

describe('a job', () => {
  test('runs to its end and is remembered with what it did', async () => {
    const { catalogue } = await freshCatalogue()
    const done: number[] = []
    const { desk } = deskOver(catalogue, counting(done))
    const id = start(desk)
    expect(desk.get(id)).toMatchObject({ state: 'running', label: '5 units', startedBy: 'someone' })
    expect(await desk.ended(id)).toMatchObject({
      state: 'succeeded',
      progress: { done: 5, total: 5 },
      tally: { imported: 5 },
      errorCode: null,
      resumable: false,
    })
    expect(done).toEqual([1, 2, 3, 4, 5])
    expect(desk.runningCount()).toBe(0)
    expect(desk.list().map((job) => job.id)).toEqual([id])
  })

  test('tells which volume it is about, or none', async () => {
    const { catalogue } = await freshCatalogue()
    const { desk } = deskOver(catalogue, counting([]))
    const volumeId = '01M85FM27BFT9NSX6GHCM2GPCX'
    const about = start(desk, { volumeId })
    await desk.ended(about)
    const none = start(desk)
    await desk.ended(none)
    expect(desk.get(about).volumeId).toBe(volumeId)
    expect(desk.get(none).volumeId).toBeNull()
  })

  test('tells its progress at most ten times a second, and its end always', async () => {
    const { catalogue } = await freshCatalogue()
    const { desk, seen } = deskOver(catalogue, async ({ progress }) => {
      const until = performance.now() + 700
      for (let done = 0; performance.now() < until; done++) {
        progress({ done })
        if (done % 500 === 0) await wait(0)
      }
    })
    const id = start(desk)
    await desk.ended(id)
    const states = seen.map(({ job }) => job.state)
    expect(states.at(-1)).toBe('succeeded')
    const running = seen
      .filter(({ job }) => job.state === 'running' && job.progress.phase !== 'waiting')
      .slice(1)
    expect(running.length).toBeGreaterThan(1)
    // The clock of the limit counts whole milliseconds.
    const gaps = running.slice(1).map(({ at }, place) => at - (running[place]?.at ?? 0))
    expect(gaps.filter((gap) => gap < 98)).toEqual([])
  })

  test('that is cancelled ends at once, is called so, and can be taken up again', async () => {
    const { catalogue } = await freshCatalogue()
    const done: number[] = []
    const { desk } = deskOver(catalogue, counting(done, { unit: 3, reached: () => desk.cancel(id) }))
    const id = start(desk, { units: 50 })
    expect(await desk.ended(id)).toMatchObject({
      state: 'cancelled',
      tally: { imported: 3 },
      resumable: true,
    })
    desk.resume(id)
    expect(await desk.ended(id)).toMatchObject({ state: 'succeeded', tally: { imported: 50 } })
    expect(done).toEqual(Array.from({ length: 50 }, (_, n) => n + 1))
  })

  test('that stops with the program is interrupted', async () => {
    const { catalogue } = await freshCatalogue()
    let reached = () => {}
    const third = new Promise<void>((resolve) => {
      reached = resolve
    })
    const { desk } = deskOver(catalogue, counting([], { unit: 3, reached }))
    const id = start(desk, { units: 1_000 })
    await third
    await desk.stop()
    expect(desk.get(id)).toMatchObject({ state: 'interrupted', resumable: true, errorCode: null })
    expect(desk.runningCount()).toBe(0)
  })

  test('that was running when the program fell is interrupted, and goes on after what it recorded', async () => {
    const { catalogue, file, key } = await freshCatalogue()
    let reached = () => {}
    const third = new Promise<void>((resolve) => {
      reached = resolve
    })
    // The first program is never told to stop: its work hangs at unit 3, as if the power had gone.
    const first = deskOver(catalogue, async (work) => {
      await counting([], { unit: 3, reached })({ ...work, input: { ...work.input, units: 3 } })
      await new Promise(() => {})
    })
    const id = start(first.desk, { units: 6 })
    await third
    const again = openCatalogue(file, key)
    const done: number[] = []
    const second = deskOver(again, counting(done))
    expect(second.desk.get(id)).toMatchObject({
      state: 'interrupted',
      resumable: true,
      tally: { imported: 3 },
    })
    second.desk.resume(id)
    expect(await second.desk.ended(id)).toMatchObject({ state: 'succeeded', tally: { imported: 6 } })
    expect(done).toEqual([4, 5, 6])
    again.close()
  })

  test('that fails says with which code, and goes on when it is resumed', async () => {
    const { catalogue } = await freshCatalogue()
    let full = true
    const { desk, errors } = deskOver(catalogue, async ({ record }) => {
      record({ unitKey: 'a', subject: 'a', outcome: 'imported' })
      if (full) throw new AppError('SYSTEM_DISK_FULL', { operation: 'vault.writeObject' })
    })
    const id = start(desk)
    expect(await desk.ended(id)).toMatchObject({
      state: 'failed',
      errorCode: 'SYSTEM_DISK_FULL',
      errorDetails: { operation: 'vault.writeObject' },
      resumable: true,
    })
    expect(errors).toHaveLength(1)
    full = false
    desk.resume(id)
    expect(await desk.ended(id)).toMatchObject({
      state: 'succeeded',
      errorCode: null,
      tally: { imported: 1 },
    })
  })

  test.each([
    ['an error of the program', new Error('/home/somebody/secret.jpg'), 'CALL_INTERNAL'],
    [
      'a system error',
      Object.assign(new Error('ENOSPC: write'), { code: 'ENOSPC', syscall: 'write', path: '/home/x' }),
      'SYSTEM_DISK_FULL',
    ],
  ])('that fails on %s shows a code and no words of it', async (_, thrown, code) => {
    const { catalogue } = await freshCatalogue()
    const { desk } = deskOver(catalogue, () => Promise.reject(thrown))
    const job = await desk.ended(start(desk))
    expect(job).toMatchObject({ state: 'failed', errorCode: code })
    expect(JSON.stringify(job)).not.toContain('/home')
  })

  test('whose end cannot be stored still ends, and is interrupted after a restart', async () => {
    const { catalogue, file, key } = await freshCatalogue()
    const { desk, errors } = deskOver(catalogue, async ({ input }) => {
      if (input.units === 1) return
      // As a disk that is full to the last page: every further write of this connection is refused.
      catalogue.sql.run('PRAGMA query_only = ON')
    })
    const id = start(desk)
    expect(await desk.ended(id)).toMatchObject({ state: 'succeeded' })
    expect(desk.runningCount()).toBe(0)
    expect(errors).toHaveLength(1)
    catalogue.sql.run('PRAGMA query_only = OFF')
    const again = openCatalogue(file, key)
    expect(deskOver(again, counting([])).desk.get(id).state).toBe('interrupted')
    again.close()
  })
})

describe('two jobs', () => {
  test('on one resource never run at once', async () => {
    const { catalogue } = await freshCatalogue()
    const { desk } = deskOver(catalogue, counting([]))
    const first = start(desk, { units: 20 })
    expect(codeOf(() => start(desk))).toBe('JOB_RESOURCE_BUSY')
    const other = start(desk, { resource: 'volume:2' })
    await Promise.all([desk.ended(first), desk.ended(other)])
    expect(await desk.ended(start(desk))).toMatchObject({ state: 'succeeded' })
    expect(desk.list()).toHaveLength(3)
  })

  test('on one resource: an interrupted one does not start beside the other', async () => {
    const { catalogue } = await freshCatalogue()
    const { desk } = deskOver(catalogue, counting([], { unit: 2, reached: () => desk.cancel(first) }))
    const first = start(desk, { units: 10 })
    await desk.ended(first)
    const second = start(desk, { units: 1 })
    expect(codeOf(() => desk.resume(first))).toBe('JOB_RESOURCE_BUSY')
    await desk.ended(second)
  })

  test('that are not there are JOB_NOT_FOUND', async () => {
    const { catalogue } = await freshCatalogue()
    const { desk } = deskOver(catalogue, counting([]))
    for (const work of [desk.get, desk.cancel, desk.resume]) {
      expect(codeOf(() => work(newId()))).toBe('JOB_NOT_FOUND')
    }
    expect(codeOf(() => desk.start('no such kind', {}, 'someone'))).toBe('JOB_NOT_FOUND')
  })
})

describe('outcomes', () => {
  test('are one line a unit, in the order of the work, with problems apart', async () => {
    const { catalogue } = await freshCatalogue()
    const { desk } = deskOver(catalogue, async ({ record }) => {
      record({ unitKey: 'a', subject: 'a.jpg', outcome: 'failed', code: 'INTAKE_EMPTY_FILE' })
      record({ unitKey: 'b', subject: 'b.jpg', outcome: 'imported', pageCount: 2 })
      record({ unitKey: 'c', subject: 'c.jpg', outcome: 'duplicate', details: { of: 'b.jpg' } })
      record({ unitKey: 'a', subject: 'a.jpg', outcome: 'imported' })
    })
    const { id } = await desk.ended(start(desk))
    const lines = (onlyProblems: boolean, offset = 0, limit = 10) =>
      desk.outcomes(id, { offset, limit, onlyProblems })
    expect(
      lines(false).rows.map(({ sequence, subject, outcome, code }) => [sequence, subject, outcome, code]),
    ).toEqual([
      [1, 'a.jpg', 'imported', null],
      [2, 'b.jpg', 'imported', null],
      [3, 'c.jpg', 'duplicate', null],
    ])
    expect(lines(true)).toMatchObject({ total: 1, rows: [{ subject: 'c.jpg', details: { of: 'b.jpg' } }] })
    expect(lines(false, 1, 1)).toMatchObject({ total: 3, rows: [{ subject: 'b.jpg', pageCount: 2 }] })
  })

  test('that must be alone lets no other start meanwhile, and does nothing beside another', async () => {
    const { catalogue } = await freshCatalogue()
    const refused: unknown[] = []
    const told: boolean[] = []
    let release = () => {}
    const { desk } = deskOver(catalogue, async ({ input, whileAlone }) => {
      if (input.units === 1) {
        await new Promise<void>((resolve) => {
          release = resolve
        })
        return
      }
      told.push(
        await whileAlone(async () => {
          try {
            start(desk, { units: 1, resource: 'volume:9' })
          } catch (error) {
            refused.push(error)
          }
        }),
      )
    })
    await desk.ended(start(desk, { units: 2, resource: 'volume:2' }))
    expect(told).toEqual([true])
    expect(refused).toMatchObject([{ code: 'JOB_RESOURCE_BUSY' }])
    const beside = start(desk, { units: 1, resource: 'volume:3' })
    await desk.ended(start(desk, { units: 2, resource: 'volume:4' }))
    expect(told).toEqual([true, false])
    release()
    expect((await desk.ended(beside)).state).toBe('succeeded')
  })
})
