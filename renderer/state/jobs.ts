import { create } from 'zustand'
import type { OutputOf } from '../../shared/contract/index.ts'

export type JobSummary = OutputOf<'jobs.get'>

interface JobStore {
  /** Newest first. */
  readonly jobs: readonly JobSummary[]
  readonly drawerOpen: boolean
  /** The job whose outcomes the drawer shows. */
  readonly chosenJobId: string | null
  readonly replaceAll: (jobs: readonly JobSummary[]) => void
  readonly put: (job: JobSummary) => void
  readonly openDrawer: (jobId?: string) => void
  readonly closeDrawer: () => void
  readonly choose: (jobId: string | null) => void
}

const newestFirst = (a: JobSummary, b: JobSummary) => (a.id < b.id ? 1 : -1)

export const useJobs = create<JobStore>()((set) => ({
  jobs: [],
  drawerOpen: false,
  chosenJobId: null,
  replaceAll: (jobs) => set({ jobs: jobs.toSorted(newestFirst) }),
  put: (job) =>
    set(({ jobs }) => ({ jobs: [job, ...jobs.filter(({ id }) => id !== job.id)].toSorted(newestFirst) })),
  openDrawer: (jobId) => set({ drawerOpen: true, chosenJobId: jobId ?? null }),
  closeDrawer: () => set({ drawerOpen: false }),
  choose: (chosenJobId) => set({ chosenJobId }),
}))

export const isUnderWay = (job: JobSummary) => job.state === 'running' || job.state === 'queued'
