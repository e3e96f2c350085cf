import { Button, Table, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../shared/contract/index.ts'
import { DIFFERENCE_TYPE_INFO } from '../../../../shared/domain/reconcile/difference-type.ts'
import { call } from '../../../app/client.ts'
import { useTerm } from '../../../app/terms.ts'
import { useAction } from '../../../app/use-call.ts'
import { useMay } from '../../../state/session.ts'
import { pageAddress } from '../../../viewer/page-address.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'

type Row = OutputOf<'sheets.get'>['disagreements'][number]

interface DisagreementsProps {
  readonly work: { readonly volumeId: string; readonly reconciliationId: string }
  readonly rows: readonly Row[]
  readonly pages: Readonly<OutputOf<'pages.list'>>
  readonly onSettled: () => void
}

/** Where two people saw a sheet differently, side by side; somebody who may judge says which holds. */
export function Disagreements({ work, rows, pages, onSettled }: DisagreementsProps) {
  const { t } = useTranslation('sheets')
  const term = useTerm()
  const mayJudge = useMay('difference.judge')
  const settle = useAction(async (pageId: string, holds: 'first' | 'second') => {
    await call('sheets.settle', { ...work, pageId, holds })
    onSettled()
  })
  const words = (verdict: Row['first']) => {
    if (verdict === null) return '—'
    return (
      <>
        <Tag>{t(`verdict.${verdict.verdict}`)}</Tag>
        {verdict.type !== null && `${verdict.type} ${term(DIFFERENCE_TYPE_INFO[verdict.type])}`}
        {verdict.note !== '' && <q>{verdict.note}</q>}
        {verdict.missingAfter !== '' && <span> {t('missing-words', { numbers: verdict.missingAfter })}</span>}
      </>
    )
  }
  const left = rows.filter(({ settled }) => !settled).length
  return (
    <section className="disagreements" aria-label={t('disagreements')}>
      <h3>{t('disagreements-count', { count: left })}</h3>
      <ErrorNotice error={settle.error} />
      <Table<Row>
        size="small"
        rowKey="pageId"
        pagination={rows.length > 50 ? { pageSize: 50 } : false}
        dataSource={[...rows]}
        columns={[
          {
            title: t('sheet'),
            key: 'page',
            render: (_, { pageId }) => {
              const page = pages.find(({ id }) => id === pageId)
              if (page === undefined) return '—'
              return (
                <span className="disagreement-page">
                  <img src={pageAddress(page.versionId, 'thumbnail')} alt="" loading="lazy" />
                  {t('gaps.page', { position: page.position, number: page.printedNumber || '—' })}
                </span>
              )
            },
          },
          { title: t('first'), key: 'first', render: (_, { first }) => words(first) },
          { title: t('second'), key: 'second', render: (_, { second }) => words(second) },
          {
            title: t('holds'),
            key: 'do',
            render: (_, { pageId, settled }) =>
              settled ? (
                t('settled')
              ) : mayJudge ? (
                <span className="disagreement-do">
                  {(['first', 'second'] as const).map((holds) => (
                    <Button
                      key={holds}
                      size="small"
                      onClick={() => {
                        settle
                          .run(pageId, holds)
                          .catch((thrown: unknown) => console.warn('not settled', thrown))
                      }}
                    >
                      {t(holds)}
                    </Button>
                  ))}
                </span>
              ) : (
                t('waits')
              ),
          },
        ]}
      />
    </section>
  )
}
