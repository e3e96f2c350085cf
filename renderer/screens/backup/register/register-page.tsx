import { DatabaseOutlined } from '@ant-design/icons'
import { Button, Popover, Select, Skeleton, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BackupRow } from '../../../../shared/contract/backup.ts'
import { useMay } from '../../../state/session.ts'
import { EmptyState } from '../../../widgets/empty-state.tsx'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import type { OpenDialog } from '../backup-dialog.ts'
import { useBackupQuery } from '../backup-jobs.ts'
import { BackupTable } from '../backup-table.tsx'
import { RegisterFileButtons } from '../register-file-buttons.tsx'
import { StandingMark } from '../standing-mark.tsx'
import { useBackupWords } from '../use-backup-words.ts'

const COLUMNS = ['snapshot', 'kind', 'cases', 'amount', 'root', 'medium', 'by', 'result', 'do']

interface RegisterPageProps {
  readonly open: OpenDialog
}

/** 备份登记, newest first. */
export function RegisterPage({ open }: RegisterPageProps) {
  const { t } = useTranslation('backup')
  const [mediumId, setMediumId] = useState<string>()
  const media = useBackupQuery('media.list', {})
  const rows = useBackupQuery('backup.list', mediumId === undefined ? {} : { mediumId })
  const mayManage = useMay('backup.manage')
  const mayRun = useMay('backup.run')
  if (rows.error !== undefined) return <ErrorNotice error={rows.error} onRetry={rows.reload} />
  if (rows.data === undefined) return <Skeleton active paragraph={{ rows: 6 }} />
  if (rows.data.length === 0 && mediumId === undefined) {
    return (
      <EmptyState
        icon={<DatabaseOutlined aria-hidden="true" />}
        title={t('empty.register.title')}
        text={t('empty.register.text')}
      >
        {mayRun && (media.data ?? []).length > 0 && (
          <Button type="primary" onClick={() => open({ name: 'run' })}>
            {t('do.run')}
          </Button>
        )}
      </EmptyState>
    )
  }
  const here = new Set((media.data ?? []).filter(({ present }) => present).map(({ id }) => id))
  return (
    <div className="backup-page">
      <div className="backup-tools">
        <Select
          aria-label={t('register.filter')}
          value={mediumId ?? ''}
          style={{ minWidth: 180 }}
          options={[
            { value: '', label: t('register.all-media') },
            ...(media.data ?? []).map(({ id, number }) => ({ value: id, label: number })),
          ]}
          onChange={(chosen) => setMediumId(chosen === '' ? undefined : chosen)}
        />
        {mayManage && <Button onClick={() => open({ name: 'prune' })}>{t('do.retention')}</Button>}
        <RegisterFileButtons register="backups" />
      </div>
      <BackupTable columns={COLUMNS}>
        {rows.data.map((row) => (
          <Line
            key={`${row.mediumId} ${row.snapshotId}`}
            row={row}
            open={open}
            present={media.data === undefined ? undefined : here.has(row.mediumId)}
          />
        ))}
      </BackupTable>
    </div>
  )
}

interface LineProps {
  readonly row: BackupRow
  readonly open: OpenDialog
  /** Whether its medium is plugged in; undefined until that is known. */
  readonly present: boolean | undefined
}

function Line({ row, open, present }: LineProps) {
  const { t } = useTranslation('backup')
  const words = useBackupWords()
  const mayRun = useMay('backup.run')
  const mayRestore = useMay('backup.restore')
  const { mediumId, snapshotId } = row
  const gone = row.prunedAt !== null
  return (
    <tr className={gone ? 'backup-pruned' : ''} data-result={row.verifyResult}>
      <th scope="row" className="figures cell-line">
        {words.moment(row.createdAt)}
        <div className="muted backup-code">{snapshotId}</div>
      </th>
      <td className="cell-line">
        {t(`kind.${row.kind}`)}
        {row.reason !== 'asked' && <div className="muted">{t(`run-reason.${row.reason}`)}</div>}
      </td>
      <td className="backup-cases">
        {row.firstCase === '' ? t('common:none') : row.firstCase}
        {row.lastCase !== row.firstCase && (
          <div>
            {t('register.to')} {row.lastCase}
          </div>
        )}
      </td>
      <td className="figures cell-line">
        {t('register.amount', {
          cases: words.count(row.cases),
          volumes: words.count(row.volumes),
          pages: words.count(row.pages),
        })}
        <div className="muted">
          {t('register.bytes', {
            objects: words.count(row.objects),
            size: words.size(row.bytes),
            written: words.size(row.bytesWritten),
          })}
        </div>
        {row.missing > 0 && (
          <div className="backup-missing">
            <StandingMark standing="bad" /> {t('register.missing', { count: row.missing })}
            {row.missingNames.length > 0 && (
              <details className="backup-missing-names">
                <summary>{t('register.missing-which')}</summary>
                {row.missingNames.map((name) => (
                  <code key={name}>{name.slice(0, 16)}…</code>
                ))}
                {row.missing > row.missingNames.length && (
                  <span>{t('register.missing-more', { count: row.missing - row.missingNames.length })}</span>
                )}
              </details>
            )}
          </div>
        )}
      </td>
      <td>
        <RootValues row={row} />
      </td>
      <td className="cell-line">{row.mediumNumber}</td>
      <td>{row.by}</td>
      <td>
        {gone ? (
          <span className="muted">{t('register.pruned', { day: words.day(row.prunedAt ?? '') })}</span>
        ) : (
          <>
            <span className="cell-line">
              <StandingMark
                standing={
                  row.verifyResult === 'sound' ? 'good' : row.verifyResult === 'damaged' ? 'bad' : 'care'
                }
              />{' '}
              {t(`result.${row.verifyResult}`)}
            </span>
            {row.verifiedAt !== null && (
              <div className="muted figures">
                {words.day(row.verifiedAt)} {row.verifiedBy}
              </div>
            )}
          </>
        )}
      </td>
      <td>
        {!gone && present === true && (
          <span className="backup-row-buttons">
            {mayRun && (
              <Button size="small" onClick={() => open({ name: 'verify', mediumId })}>
                {t('do.verify-short')}
              </Button>
            )}
            {mayRestore && (
              <Button size="small" onClick={() => open({ name: 'restore', mediumId, snapshotId })}>
                {t('do.restore-short')}
              </Button>
            )}
          </span>
        )}
        {!gone && present === false && <span className="muted">{t('medium.absent')}</span>}
      </td>
    </tr>
  )
}

/** 摘要根值: short in the line, whole where it is compared with the printed register. */
function RootValues({ row }: { readonly row: BackupRow }) {
  const { t } = useTranslation('backup')
  return (
    <Popover
      trigger={['click']}
      content={
        <dl className="backup-roots">
          <dt>{t('register.objects-root')}</dt>
          <dd>
            <Typography.Text copyable>{row.objectsSha256}</Typography.Text>
          </dd>
          <dt>{t('register.snapshot-root')}</dt>
          <dd>
            <Typography.Text copyable>{row.snapshotSha256}</Typography.Text>
          </dd>
        </dl>
      }
    >
      <Button type="link" size="small" className="backup-code" title={t('register.roots')}>
        {row.objectsSha256.slice(0, 10)}…
      </Button>
    </Popover>
  )
}
