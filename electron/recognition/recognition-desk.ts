import type { RecognitionStatus } from '../../shared/contract/recognition.ts'
import type { PageText } from '../../shared/domain/page-text.ts'
import type { Catalogue } from '../catalogue/index.ts'
import type { JobDesk } from '../jobs/index.ts'
import type { OpenTextShelf } from '../search/index.ts'
import type { Compartment, OpenVault } from '../vault/index.ts'
import type { PageReader } from './page-reader-contract.ts'
import { type FiledReading, readAndFile } from './read-and-file.ts'
import { READ_VOLUME, readVolumeJob, requireReader } from './read-volume-job.ts'
import { readingQueue } from './reading-queue.ts'
import { type ReadingRecords, readingRecords } from './reading-records.ts'

export interface RecognitionDeskParts {
  readonly vault: OpenVault
  readonly catalogue: Catalogue
  readonly texts: OpenTextShelf
  readonly reader: PageReader
  readonly jobs: JobDesk
  readonly now: () => Date
  /** Whole seconds since somebody last did something at this station. */
  readonly secondsAlone: () => number
  /** From so many seconds on what waits is read in the background; null: never, as on the command line. */
  readonly idleSeconds: number | null
  readonly onText: (compartment: Compartment, text: PageText) => void
  /** What was read in the background until somebody came, or nothing was left. */
  readonly onRound: (done: { readonly read: number; readonly failed: number }) => void
  /** Something that a status tells has changed; not more often than twice a second. */
  readonly onChange: () => void
  readonly onFault: (operation: string, error: unknown) => void
}

/** Reads pages over one open vault: in the background, and as a job. */
export interface RecognitionDesk {
  readonly records: ReadingRecords
  readonly model: string
  readonly unavailable: PageReader['unavailable']
  readonly status: () => Promise<RecognitionStatus>
  readonly setMode: (mode: RecognitionStatus['mode']) => void
  /** Puts a page that could not be read back among those that wait. */
  readonly retry: (pageId: string) => void
  /** Starts the job that reads a volume. Throws RECOGNITION_UNAVAILABLE, JOB_RESOURCE_BUSY. */
  readonly run: (volumeId: string, again: boolean, startedBy: string) => Promise<string>
  /** Reads one page now and files its text. Throws RECOGNITION_UNAVAILABLE, CALL_CANCELLED. */
  readonly readPage: (pageId: string, signal: AbortSignal) => Promise<FiledReading>
  /** Somebody acted, or left: judges at once whether to go on. */
  readonly look: () => void
  readonly close: () => Promise<void>
}

const MODE_KEY = 'recognitionMode'
const TELL_EVERY_MS = 500

const monotonicMs = () => performance.now()

export function recognitionDesk(parts: RecognitionDeskParts): RecognitionDesk {
  const { vault, catalogue, texts, reader, jobs, now } = parts
  const records = readingRecords(catalogue.sql)
  const mode = (): RecognitionStatus['mode'] => (catalogue.desk.setting(MODE_KEY) === 'off' ? 'off' : 'idle')

  let telling: ReturnType<typeof setTimeout> | undefined
  const onChange = () => {
    telling ??= setTimeout(() => {
      telling = undefined
      parts.onChange()
    }, TELL_EVERY_MS).unref()
  }
  const onText = (compartment: Compartment, text: PageText) => {
    try {
      parts.onText(compartment, text)
    } catch (error) {
      // The text is filed; what could be proposed from it is no reason to call the page unread.
      parts.onFault('recognition.proposals', error)
    }
  }
  const readPage = (pageId: string, signal: AbortSignal) =>
    readAndFile({ vault, catalogue, texts, reader, records, now, onText }, pageId, signal)
  const { idleSeconds } = parts
  const queue = readingQueue({
    ...{ records, texts, readPage, monotonicMs, onChange },
    model: reader.model,
    unavailable: reader.unavailable,
    rest: reader.rest,
    tidySome: texts.mergeSome,
    compartments: vault.compartments,
    isOff: () => mode() === 'off',
    secondsAlone: parts.secondsAlone,
    idleSeconds: idleSeconds ?? Number.POSITIVE_INFINITY,
    jobRuns: () => jobs.runningCount() > 0,
    onRound: parts.onRound,
    onFault: parts.onFault,
  })
  jobs.register(
    readVolumeJob({ catalogue, records, reader, readPage, monotonicMs, onChange, took: queue.took }),
  )
  if (idleSeconds !== null) queue.watch()

  return {
    records,
    model: reader.model,
    unavailable: reader.unavailable,
    status: async () => {
      const counts = records.counts(vault.compartments)
      return {
        unavailable: await reader.unavailable(),
        engine: reader.engine,
        model: reader.model,
        mode: mode(),
        reading: queue.isReading(),
        pausedFor: await queue.pause(),
        pagesRead: counts.read,
        pagesLeft: counts.waiting,
        pagesFailed: counts.failed,
        secondsLeft: counts.waiting === 0 ? null : queue.secondsFor(counts.waiting),
      }
    },
    setMode: (wanted) => {
      catalogue.desk.putSetting(MODE_KEY, wanted)
      queue.look()
      onChange()
    },
    retry: (pageId) => {
      records.again(pageId)
      queue.look()
      onChange()
    },
    run: async (volumeId, again, startedBy) => {
      await requireReader(reader)
      return jobs.start(READ_VOLUME, { volumeId, again }, startedBy)
    },
    readPage,
    look: queue.look,
    close: async () => {
      clearTimeout(telling)
      await queue.stop()
      await reader.close()
    },
  }
}
