import { ArrowLeftOutlined, UnorderedListOutlined } from '@ant-design/icons'
import { Button, Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import { useJobs } from '../../state/jobs.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { JobCard } from './job-card.tsx'
import { JobOutcomes } from './job-outcomes.tsx'

/** All jobs in one place: running, interrupted and done, each with what became of every file. */
export function JobsDrawer() {
  const { t } = useTranslation('jobs')
  const { jobs, drawerOpen, closeDrawer, chosenJobId, choose } = useJobs()
  const chosen = jobs.find(({ id }) => id === chosenJobId)
  return (
    <Drawer
      open={drawerOpen}
      onClose={closeDrawer}
      size={620}
      title={
        chosen === undefined ? (
          t('title')
        ) : (
          <Button type="link" icon={<ArrowLeftOutlined aria-hidden="true" />} onClick={() => choose(null)}>
            {t('all')}
          </Button>
        )
      }
      destroyOnHidden
    >
      {chosen !== undefined ? (
        <>
          <JobCard job={chosen} />
          <JobOutcomes key={chosen.id} job={chosen} />
        </>
      ) : jobs.length === 0 ? (
        <EmptyState
          icon={<UnorderedListOutlined aria-hidden="true" />}
          title={t('empty.title')}
          text={t('empty.text')}
        />
      ) : (
        <ul className="job-list">
          {jobs.map((job) => (
            <li key={job.id}>
              <JobCard job={job} onOutcomes={() => choose(job.id)} />
            </li>
          ))}
        </ul>
      )}
    </Drawer>
  )
}
