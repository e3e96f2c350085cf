import { FileExcelOutlined, ScanOutlined, SnippetsOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../shared/contract/index.ts'
import { call } from '../../../app/client.ts'
import { useAction } from '../../../app/use-call.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import { type Draft, emptyRow, isBlank, type PaperCatalogue, withNote, withRowToType } from './paper-draft.ts'
import { PasteDialog } from './paste-dialog.tsx'

type ReadText = OutputOf<'paperCatalogue.readText'>

/** What was read and is about to be taken. */
interface Read {
  readonly rows: ReadText['rows']
  readonly problems: ReadText['problems']
  readonly note: PaperCatalogue['note'] | null
  /** Taken already; `before` is what stood there, to go back to. */
  readonly before: Draft | null
}

interface ListSourcesProps {
  readonly work: { readonly volumeId: string; readonly reconciliationId: string }
  readonly draft: Draft
  readonly onDraft: (draft: Draft) => void
}

/** Ways of getting the paper's catalogue into the table other than typing: pasted, from a file, read off the scan. */
export function ListSources({ work, draft, onDraft }: ListSourcesProps) {
  const { t } = useTranslation('lists')
  const [pasting, setPasting] = useState(false)
  const [read, setRead] = useState<Read>()
  const [nothing, setNothing] = useState(false)
  const hasRows = draft.rows.some((row) => !isBlank(row))
  const take = (found: Omit<Read, 'before'>, append: boolean) => {
    const kept = append ? draft.rows.filter((row) => !isBlank(row)) : []
    onDraft({
      ...draft,
      rows: withRowToType([...kept, ...found.rows.map((cells) => emptyRow(cells))]),
      note: found.note === null ? draft.note : withNote(draft.note, found.note),
    })
    setRead({ ...found, before: draft })
  }
  const receive = (found: Omit<Read, 'before'>) => {
    setNothing(false)
    if (hasRows && found.rows.length > 0) setRead({ ...found, before: null })
    else take(found, true)
  }
  const readText = useAction(async (text: string) => {
    receive({ ...(await call('paperCatalogue.readText', { ...work, text })), note: null })
    setPasting(false)
  })
  const readFile = useAction(async () => {
    const { paths } = await call('shell.chooseFiles', { title: t('file.title'), kind: 'table' })
    const path = paths[0]
    if (path === undefined) return
    receive({ ...(await call('paperCatalogue.readFile', { ...work, path })), note: null })
  })
  const readScan = useAction(async () => {
    const { rows, note, pages } = await call('paperCatalogue.readScan', work)
    setNothing(pages === 0)
    if (pages > 0) receive({ rows, note, problems: [] })
    else setRead(undefined)
  })
  const leave = () => setRead(undefined)
  const run = (action: { readonly run: () => Promise<unknown> }) => {
    action.run().catch((error: unknown) => console.warn('not read', error))
  }
  return (
    <>
      <div className="list-sources">
        <Button
          icon={<SnippetsOutlined aria-hidden="true" />}
          onClick={() => {
            readText.clearError()
            setPasting(true)
          }}
        >
          {t('paste.open')}
        </Button>
        <Button
          icon={<FileExcelOutlined aria-hidden="true" />}
          loading={readFile.busy}
          onClick={() => run(readFile)}
        >
          {t('file.open')}
        </Button>
        <Button
          icon={<ScanOutlined aria-hidden="true" />}
          loading={readScan.busy}
          onClick={() => run(readScan)}
        >
          {t('scan.open')}
        </Button>
      </div>
      <ErrorNotice error={readFile.error ?? readScan.error} />
      {nothing && (
        <Alert
          type="info"
          showIcon
          title={t('scan.none')}
          closable={{ onClose: () => setNothing(false), 'aria-label': t('common:close') }}
        />
      )}
      {read !== undefined && (
        <Alert
          type={read.problems.length > 0 ? 'warning' : 'info'}
          showIcon
          title={t(read.before === null ? 'read.found' : 'read.taken', { count: read.rows.length })}
          description={read.problems.length > 0 && <Problems problems={read.problems} />}
          action={
            <span className="list-sources">
              {read.before === null ? (
                <>
                  <Button type="primary" size="small" onClick={() => take(read, false)}>
                    {t('read.replace')}
                  </Button>
                  <Button size="small" onClick={() => take(read, true)}>
                    {t('read.append')}
                  </Button>
                  <Button size="small" onClick={leave}>
                    {t('read.leave')}
                  </Button>
                </>
              ) : (
                <>
                  <Button
                    size="small"
                    onClick={() => {
                      if (read.before !== null) onDraft(read.before)
                      leave()
                    }}
                  >
                    {t('read.back')}
                  </Button>
                  <Button size="small" onClick={leave}>
                    {t('read.fine')}
                  </Button>
                </>
              )}
            </span>
          }
        />
      )}
      {pasting && (
        <PasteDialog
          busy={readText.busy}
          error={readText.error}
          onText={(text) => {
            readText.run(text).catch((error: unknown) => console.warn('not read', error))
          }}
          onClose={() => setPasting(false)}
        />
      )}
    </>
  )
}

/** What is wrong on which line of the source. */
function Problems({ problems }: { readonly problems: Read['problems'] }) {
  const { t } = useTranslation('lists')
  return (
    <ul className="list-problems">
      {problems.map(({ line, code }) => (
        <li key={`${line} ${code}`}>
          {t('read.line', { line })} {t(`problem.${code}`, code)}
        </li>
      ))}
    </ul>
  )
}
