import { FileAddOutlined } from '@ant-design/icons'
import { App, Button, Spin } from 'antd'
import type { ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import { OutputPages } from '../../viewer/output-pages.tsx'
import { Viewer } from '../../viewer/viewer.tsx'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { AssignBar } from './assign-bar.tsx'
import type { Volume } from './tree-rows.ts'
import type { useVolumePages } from './use-case.ts'

type ViewerProps = ComponentProps<typeof Viewer>
type Shown = Pick<
  ViewerProps,
  | 'items'
  | 'currentPageId'
  | 'onChange'
  | 'grid'
  | 'onGrid'
  | 'older'
  | 'onLeaveOlder'
  | 'moreKeys'
  | 'watermark'
  | 'find'
  | 'mayCopy'
  | 'overlay'
>

interface CaseMiddleProps extends Shown {
  readonly volume: Volume | undefined
  readonly pages: ReturnType<typeof useVolumePages>
  readonly pageCount: number
  readonly caseNumber: string
  readonly selected: ReadonlySet<string>
  readonly onSelect: (selected: ReadonlySet<string>) => void
  readonly mayArrange: boolean
  readonly mayCreateItem: boolean
  /** Left out for who may not import. */
  readonly onImport: (() => void) | undefined
  readonly onChanged: () => void
}

/** The pages of the volume that is open; what stands in their place while there are none to show. */
export function CaseMiddle({
  volume,
  pages,
  pageCount,
  caseNumber,
  selected,
  onSelect,
  mayArrange,
  mayCreateItem,
  onImport,
  onChanged,
  ...shown
}: CaseMiddleProps) {
  const { t } = useTranslation('case')
  const { message } = App.useApp()
  const open = pages.data
  const { grid, watermark: mark } = shown
  if (volume !== undefined && !volume.readable)
    return <EmptyState icon="🔒" title={t('locked.title')} text={t('locked.text')} />
  if (pages.error !== undefined)
    return (
      <div className="case-fault">
        <ErrorNotice error={pages.error} onRetry={onChanged} />
      </div>
    )
  if (open === undefined)
    return (
      <div className="case-wait">
        <Spin delay={150} description={t('opening')}>
          <div style={{ padding: 48 }} />
        </Spin>
      </div>
    )
  if (open.pages.length === 0)
    return (
      <EmptyState icon={<FileAddOutlined />} title={t('empty.title')} text={t('empty.text')}>
        {onImport !== undefined && (
          <Button type="primary" onClick={onImport}>
            {t('empty.import')}
          </Button>
        )}
      </EmptyState>
    )
  return (
    <>
      {grid && mayArrange && volume !== undefined && selected.size > 0 && (
        <AssignBar
          volume={volume}
          pages={open.pages}
          selected={selected}
          mayCreateItem={mayCreateItem}
          onDone={() => {
            void message.success(t('assign.done', { count: selected.size }))
            onSelect(new Set())
            onChanged()
          }}
          onClear={() => onSelect(new Set())}
        />
      )}
      <Viewer
        {...shown}
        pages={open.pages}
        comingTotal={pages.partial ? pageCount : undefined}
        onFirstSettled={pages.askRest}
        selected={selected}
        {...(mayArrange ? { onSelect } : {})}
        tools={
          (mark?.mayCopy ?? true) && (
            <OutputPages
              volumeId={open.volumeId}
              pages={open.pages}
              currentPageId={shown.currentPageId}
              caseNumber={caseNumber}
              purpose={mark?.drawn === true ? mark.purpose : ''}
            />
          )
        }
      />
    </>
  )
}
