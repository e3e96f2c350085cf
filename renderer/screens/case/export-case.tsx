import { ExportOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { VOLUME_KIND_INFO } from '../../../shared/domain/volume-kind.ts'
import { useTerm } from '../../app/terms.ts'
import { useMay } from '../../state/session.ts'
import { ExportDialog, type ExportExtent } from './export-dialog.tsx'
import { type CaseTree, type Item, type Volume, volumePageCount } from './tree-rows.ts'

interface ExportCaseProps {
  readonly tree: CaseTree
  readonly volume: Volume | undefined
  readonly item: Item | undefined
  /** The purpose of the loan by which the case is read; empty when none is needed. */
  readonly purpose: string
  readonly lent: boolean
}

/** 导出: this document, this volume or the whole case as 双层PDF. Absent where nothing may or can be exported. */
export function ExportCase({ tree, volume, item, purpose, lent }: ExportCaseProps) {
  const { t } = useTranslation('export')
  const term = useTerm()
  const mayExport = useMay('page.export')
  const [extent, setExtent] = useState<ExportExtent>()
  const filled = tree.volumes.filter((known) => known.readable && volumePageCount(known) > 0)
  if (!mayExport || filled.length === 0) return null
  const extents: readonly ExportExtent[] = [
    ...(item === undefined || item.pageCount === 0
      ? []
      : [{ kind: 'item' as const, id: item.id, words: item.title }]),
    ...(volume === undefined || !filled.includes(volume)
      ? []
      : [{ kind: 'volume' as const, id: volume.id, words: term(VOLUME_KIND_INFO[volume.kind]) }]),
    { kind: 'case', id: tree.case.id, words: '' },
  ]
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: extents.map(({ kind, words }) => ({ key: kind, label: t(`menu.${kind}`, { kind: words }) })),
          onClick: ({ key }) => setExtent(extents.find(({ kind }) => kind === key)),
        }}
      >
        <Button icon={<ExportOutlined aria-hidden="true" />} aria-haspopup="menu">
          {t('do')}
        </Button>
      </Dropdown>
      {extent !== undefined && (
        <ExportDialog
          extent={extent}
          severalVolumes={filled.length > 1}
          purpose={purpose}
          lent={lent}
          onClose={() => setExtent(undefined)}
        />
      )}
    </>
  )
}
