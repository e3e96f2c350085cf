import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useQuery } from '../../app/use-call.ts'
import { isUnderWay, useJobs } from '../../state/jobs.ts'
import { useMay } from '../../state/session.ts'
import { ImportProgress } from './import-progress.tsx'
import { PrepareImport } from './prepare-import.tsx'
import { UnfinishedImports } from './unfinished-imports.tsx'
import './intake.css'

const IMPORT = 'import'

/** Brings files into a volume. `?case=` and `?volume=` say into which. */
export function IntakeScreen() {
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const mayControl = useMay('job.control')
  const [jobId, setJobId] = useState<string>()
  const [volumeOfJob, setVolumeOfJob] = useState<string>()
  const jobs = useJobs((store) => store.jobs)
  const asked = useQuery('jobs.get', jobId === undefined ? undefined : { jobId })
  const job = jobs.find((known) => known.id === jobId) ?? asked.data
  const unfinished = jobs.filter((known) => known.kind === IMPORT && (isUnderWay(known) || known.resumable))

  const openCase = (caseId: string) => {
    const volume = volumeOfJob === undefined ? '' : `?volume=${volumeOfJob}`
    Promise.resolve(navigate(`/cases/${caseId}${volume}`)).catch((error: unknown) =>
      console.warn('case not opened', error),
    )
  }
  if (job !== undefined && jobId !== undefined) {
    return (
      <div className="intake">
        <ImportProgress
          job={job}
          onOpenCase={() => {
            if (job.caseId !== null) openCase(job.caseId)
          }}
          onAgain={() => setJobId(undefined)}
        />
      </div>
    )
  }
  return (
    <div className="intake">
      <UnfinishedImports
        jobs={unfinished}
        mayControl={mayControl}
        onShow={(id) => {
          setVolumeOfJob(undefined)
          setJobId(id)
        }}
      />
      <PrepareImport
        key={search.toString()}
        startCaseId={search.get('case') ?? undefined}
        startVolumeId={search.get('volume') ?? undefined}
        onStarted={(id, volumeId) => {
          setVolumeOfJob(volumeId)
          setJobId(id)
        }}
      />
    </div>
  )
}
