import { FilePdfOutlined, FormOutlined } from '@ant-design/icons'
import { App, Button, Tooltip } from 'antd'
import { Fragment, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../shared/contract/index.ts'
import { useQuery, useSettled } from '../../app/use-call.ts'
import { useMay } from '../../state/session.ts'
import { usePageWords } from '../../viewer/page-words.ts'
import { SourcePdf } from '../../viewer/source-pdf.tsx'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { ReportDifference } from '../../widgets/report-difference.tsx'
import { sizeText } from '../../widgets/size-text.ts'
import { timeWords } from './case-words.ts'
import { MarkPages } from './mark-pages.tsx'
import { PageReading } from './page-reading.tsx'
import type { PageRow } from './tree-rows.ts'

export type PageVersion = OutputOf<'pages.versions'>[number]

interface PageFactsProps {
  readonly page: PageRow
  readonly index: number
  readonly total: number
  readonly volumeId: string
  /** Absent when the role may not say what a page is. */
  readonly onMarked: (() => void) | undefined
  readonly shownVersionId: string
  /** The person wants to see this version of the page. */
  readonly onVersion: (version: PageVersion) => void
}

/** What is known about the shown page and where it came from. */
export function PageFacts({ page, index, total, volumeId, onMarked, ...history }: PageFactsProps) {
  const { t, i18n } = useTranslation(['case', 'viewer', 'recognition'])
  const words = usePageWords()
  // Nothing is asked for pages that are only leafed past.
  const settledId = useSettled(page.id, 120)
  const versions = useQuery('pages.versions', { pageId: settledId })
  const known = versions.data?.filter((version) => version.pageId === page.id) ?? []
  const current = known.find((version) => version.id === page.versionId)
  const [sourceOpen, setSourceOpen] = useState(false)

  const facts: (readonly [string, ReactNode])[] = [
    [t('facts.printed'), page.printedNumber === '' ? t('viewer:unnumbered') : page.printedNumber],
    [t('facts.image'), `${index + 1}/${total}`],
    [
      t('facts.kind'),
      onMarked === undefined ? (
        words.kind(page.kind)
      ) : (
        <span key="kind" className="case-kind">
          {words.kind(page.kind)}
          <MarkPages volumeId={volumeId} pageIds={[page.id]} onDone={onMarked} />
        </span>
      ),
    ],
    ...(page.sheet === null
      ? []
      : ([[t('facts.sheet'), t('facts.sheetSide', { sheet: page.sheet, side: page.side ?? '' })]] as const)),
    [t('facts.version'), page.versionNumber],
    [t('recognition:page.label'), <PageReading key="reading" pageId={settledId} />],
    [
      t('facts.size'),
      t('facts.pixels', {
        width: page.widthPixels,
        height: page.heightPixels,
        dpi: page.dpi === null ? t('facts.noDpi') : `${Math.round(page.dpi)} dpi`,
      }),
    ],
    [t('facts.colour'), t(`colour.${page.colourMode}`)],
  ]
  const provenance: (readonly [string, ReactNode])[] =
    current === undefined
      ? []
      : [
          [
            t('facts.format'),
            `${current.format.toUpperCase()} · ${sizeText(current.sizeBytes, i18n.language)}`,
          ],
          [
            'SHA-256',
            <Tooltip key="hash" title={current.sha256}>
              <code>{current.sha256.slice(0, 16)}</code>
            </Tooltip>,
          ],
          [t('facts.archivalName'), current.archivalName],
          [
            t('facts.source'),
            current.sourceFrame > 0 || current.sourceFormat === 'pdf'
              ? t('facts.sourceFrame', { name: current.sourceName, frame: current.sourceFrame + 1 })
              : current.sourceName,
          ],
        ]

  return (
    <section className="case-facts" aria-label={t('facts.title')}>
      <h2>{t('facts.title')}</h2>
      <dl>
        {[...facts, ...provenance].map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
      <ErrorNotice error={versions.error} onRetry={versions.reload} />
      {current?.sourceFormat === 'pdf' && (
        <>
          <Button icon={<FilePdfOutlined />} onClick={() => setSourceOpen(true)}>
            {t('facts.showSource')}
          </Button>
          <SourcePdf
            open={sourceOpen}
            versionId={current.id}
            name={current.sourceName}
            sizeBytes={current.sourceSizeBytes}
            pageNumber={current.sourceFrame + 1}
            onClose={() => setSourceOpen(false)}
          />
        </>
      )}
      <ReportHere
        volumeId={volumeId}
        page={page}
        words={`${t('facts.image')} ${index + 1}/${total} · ${t('facts.printed')} ${
          page.printedNumber === '' ? t('viewer:unnumbered') : page.printedNumber
        }`}
      />
      {known.length > 0 && <History versions={known} currentId={page.versionId} {...history} />}
    </section>
  )
}

interface ReportHereProps {
  readonly volumeId: string
  readonly page: PageRow
  readonly words: string
}

/** 登记不符 of the shown page, by whoever notices it while reading. */
function ReportHere({ volumeId, page, words }: ReportHereProps) {
  const { t } = useTranslation('register')
  const { message } = App.useApp()
  const may = useMay('difference.report')
  const [open, setOpen] = useState(false)
  if (!may) return null
  return (
    <>
      <Button size="small" icon={<FormOutlined aria-hidden="true" />} onClick={() => setOpen(true)}>
        {t('report.open')}
      </Button>
      {open && (
        <ReportDifference
          at={{ volumeId, pageId: page.id, words, printedNumber: page.printedNumber }}
          onClose={() => setOpen(false)}
          onReported={({ number }) => {
            setOpen(false)
            void message.success(t('report.done', { number }))
          }}
        />
      )}
    </>
  )
}

interface HistoryProps {
  readonly versions: readonly PageVersion[]
  readonly currentId: string
  readonly shownVersionId: string
  readonly onVersion: (version: PageVersion) => void
}

function History({ versions, currentId, shownVersionId, onVersion }: HistoryProps) {
  const { t } = useTranslation('case')
  return (
    <>
      <h2>{t('history.title')}</h2>
      <ol className="case-history">
        {versions
          .toSorted((a, b) => b.number - a.number)
          .map((version) => (
            <li key={version.id} aria-current={version.id === currentId ? 'true' : undefined}>
              <b>{t('history.version', { number: version.number })}</b>
              <span className="figures">{timeWords(version.createdAt)}</span>
              <span>{version.createdBy}</span>
              {version.reason !== '' && <span>{t(`reason.${version.reason}`, version.reason)}</span>}
              {versions.length > 1 && (
                <Button
                  size="small"
                  disabled={version.id === shownVersionId}
                  aria-label={`${t('history.look')} ${t('history.version', { number: version.number })}`}
                  onClick={() => onVersion(version)}
                >
                  {t('history.look')}
                </Button>
              )}
            </li>
          ))}
      </ol>
    </>
  )
}
