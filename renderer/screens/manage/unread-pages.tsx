import { CheckCircleOutlined, RedoOutlined } from '@ant-design/icons'
import { App, Button, Skeleton } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../shared/contract/index.ts'
import { VOLUME_KIND_INFO } from '../../../shared/domain/volume-kind.ts'
import { ERROR_CODES } from '../../../shared/errors.ts'
import { call } from '../../app/client.ts'
import { useErrorWords } from '../../app/error-words.ts'
import { askReading } from '../../app/reading-watch.ts'
import { useTerm } from '../../app/terms.ts'
import { useAction, useQuery } from '../../app/use-call.ts'
import { CaseNumber } from '../../widgets/case-number.tsx'
import { ErrorNotice } from '../../widgets/error-notice.tsx'

type UnreadPage = OutputOf<'recognition.failures'>[number]

/** Pages that could not be read, with why, and another try. `count` is what the status says: a change asks anew. */
export function UnreadPages({ count }: { readonly count: number }) {
  const { t } = useTranslation('recognition')
  const { message } = App.useApp()
  const failures = useQuery('recognition.failures', {})
  const { reload } = failures
  // biome-ignore lint/correctness/useExhaustiveDependencies: another count asks again
  useEffect(() => reload(), [count, reload])
  const retry = useAction(async (pages: readonly UnreadPage[]) => {
    for (const { pageId } of pages) await call('recognition.retry', { pageId })
    void message.success(t('failures.waiting', { count: pages.length }))
    reload()
    await askReading()
  })
  const again = (pages: readonly UnreadPage[]) => {
    retry.run(pages).catch((error: unknown) => console.warn('not tried again', error))
  }
  const rows = failures.data
  return (
    <section>
      <h2>{t('failures.title')}</h2>
      <ErrorNotice error={failures.error} onRetry={reload} />
      <ErrorNotice error={retry.error} />
      {rows === undefined && failures.error === undefined && <Skeleton active paragraph={{ rows: 2 }} />}
      {rows?.length === 0 && (
        <p className="muted">
          <CheckCircleOutlined aria-hidden="true" /> {t('failures.none')}
        </p>
      )}
      {rows !== undefined && rows.length > 0 && (
        <>
          <p>
            {t('failures.text')}{' '}
            <Button
              size="small"
              icon={<RedoOutlined aria-hidden="true" />}
              loading={retry.busy}
              onClick={() => again(rows)}
            >
              {t('failures.retry-all')}
            </Button>
          </p>
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{t('failures.case')}</th>
                <th scope="col">{t('failures.page')}</th>
                <th scope="col">{t('failures.why')}</th>
                <th scope="col">{t('failures.tried')}</th>
                <th scope="col">
                  <span className="visually-hidden">{t('failures.retry')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <UnreadRow key={row.pageId} row={row} busy={retry.busy} onRetry={() => again([row])} />
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  )
}

interface UnreadRowProps {
  readonly row: UnreadPage
  readonly busy: boolean
  readonly onRetry: () => void
}

function UnreadRow({ row, busy, onRetry }: UnreadRowProps) {
  const { t, i18n } = useTranslation('recognition')
  const term = useTerm()
  const code = ERROR_CODES.find((known) => known === row.code)
  const words = useErrorWords(code === undefined ? undefined : { code, details: {} })
  const place = t('failures.place', {
    position: row.position,
    printed: row.printedNumber || t('common:none'),
  })
  return (
    <tr>
      <th scope="row">
        <a href={`#/cases/${row.caseId}?volume=${row.volumeId}&page=${row.pageId}`}>
          <CaseNumber number={row.caseNumber} />
        </a>
      </th>
      <td className="figures">
        {term(VOLUME_KIND_INFO[row.volumeKind])} {place}
      </td>
      <td className="cell-any">{words === undefined ? row.code : `${words.title}。${words.next}`}</td>
      <td className="figures">
        {new Date(row.triedAt).toLocaleString(i18n.language, { dateStyle: 'short', timeStyle: 'short' })}
      </td>
      <td className="cell-end">
        <Button
          size="small"
          disabled={busy}
          aria-label={`${t('failures.retry')} ${row.caseNumber} ${place}`}
          onClick={onRetry}
        >
          {t('failures.retry')}
        </Button>
      </td>
    </tr>
  )
}
