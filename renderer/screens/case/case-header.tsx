import { ImportOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import { CaseNumber } from '../../widgets/case-number.tsx'
import { partyGroups, volumeCounts } from './case-words.ts'
import type { CaseTree, Volume } from './tree-rows.ts'

const VOLUME_KINDS: readonly Volume['kind'][] = [
  'main',
  'sub',
  'procuratorate',
  'procuratorate-internal',
  'investigation',
  'law-firm',
]

interface CaseHeaderProps {
  readonly tree: CaseTree
  readonly addingVolume: boolean
  /** Absent when the role may not. */
  readonly onAddVolume: ((kind: Volume['kind']) => void) | undefined
  readonly onImport: (() => void) | undefined
}

/** Which case this is, on one or two lines. */
export function CaseHeader({ tree, addingVolume, onAddVolume, onImport }: CaseHeaderProps) {
  const { t } = useTranslation(['case', 'common'])
  const row = tree.case
  const missing = VOLUME_KINDS.filter((kind) => tree.volumes.every((volume) => volume.kind !== kind))
  const facts = [
    volumeCounts(t, tree.volumes),
    t('pages', { count: row.pageCount }),
    row.retention === null ? t('header.noRetention') : t(`common:retention.${row.retention}`),
    t(`common:secrecy.${row.secrecy}`),
    t(`common:status.${row.status}`),
  ].filter((fact) => fact !== '')
  return (
    <header className="case-header">
      <div className="case-header-words">
        <h1>
          <CaseNumber number={row.number} />
        </h1>
        {row.cause !== '' && <span className="case-header-cause">{row.cause}</span>}
        {partyGroups(tree).map(({ role, names }) => (
          <span key={role} className="case-header-party">
            <span className="muted">{t(`common:party-role.${role}`)}</span>{' '}
            {names.join(t('common:list-comma'))}
          </span>
        ))}
        <span className="case-header-facts">
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </span>
      </div>
      <div className="case-header-actions">
        {onAddVolume !== undefined && missing.length > 0 && (
          <Dropdown
            trigger={['click']}
            menu={{
              items: missing.map((kind) => ({ key: kind, label: t(`common:volume.${kind}`) })),
              onClick: ({ key }) => {
                const kind = missing.find((known) => known === key)
                if (kind !== undefined) onAddVolume(kind)
              },
            }}
          >
            <Button icon={<PlusOutlined />} loading={addingVolume}>
              {t('header.addVolume')}
            </Button>
          </Dropdown>
        )}
        {onImport !== undefined && (
          <Button icon={<ImportOutlined />} onClick={onImport}>
            {t('header.import')}
          </Button>
        )}
      </div>
    </header>
  )
}
