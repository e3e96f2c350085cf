import { parentPort } from 'node:worker_threads'
import sharp from 'sharp'
import { AppError } from '../../../shared/errors.ts'
import { systemError } from '../../errno.ts'
import { matchSequences, signPage } from '../matching/index.ts'
import { comparePair } from './compare-pair.ts'
import type { ComparisonAnswer, ComparisonReply, ComparisonTask } from './comparison-protocol.ts'

/** Worker thread in which pages are matched and compared, one task at a time: see comparison-engine.ts. */
const port = parentPort
if (port === null) throw new Error('comparison-worker runs as a worker thread only')

// Each lane is one thread's work; what libvips keeps of earlier images is of no use to the next.
sharp.concurrency(1)
sharp.cache(false)

async function answer(task: ComparisonTask): Promise<ComparisonAnswer> {
  switch (task.kind) {
    case 'sign':
      return { kind: 'sign', signature: await signPage({ data: task.page.image }, task.page.reading) }
    case 'match':
      return { kind: 'match', match: matchSequences(task.paper, task.electronic, task.fixed) }
    case 'compare':
      return { kind: 'compare', compared: await comparePair(task.paper, task.electronic) }
  }
}

async function serve(task: ComparisonTask): Promise<void> {
  try {
    port?.postMessage((await answer(task)) satisfies ComparisonReply)
  } catch (error) {
    const mapped = systemError(error, 'reconcile')
    const known =
      mapped instanceof AppError
        ? mapped
        : new AppError(task.kind === 'match' ? 'CALL_INTERNAL' : 'INTAKE_UNREADABLE_FILE', {
            reason: 'comparison',
          })
    port?.postMessage({ kind: 'failed', error: known.toEnvelope() } satisfies ComparisonReply)
  }
}

port.on('message', (task: ComparisonTask) => void serve(task))
