import { DiffOutlined, EditOutlined, ImportOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { PARTY_ROLE_INFO } from '../../../shared/domain/party-role.ts'
import { RETENTION_LABELS } from '../../../shared/domain/retention.ts'
import { SECRECY_LEVEL_INFO } from '../../../shared/domain/secrecy.ts'
import { VOLUME_KIND_INFO, VOLUME_KINDS } from '../../../shared/domain/volume-kind.ts'
import { useTerm } from '../../app/terms.ts'
import { CaseNumber } from '../../widgets/case-number.tsx'
import { MaskedText } from '../../widgets/masked-text.tsx'
import { ProofWords } from '../../widgets/proof-words.tsx'
import { useCaseChange } from './case-change.tsx'
import { CasePeople } from './case-people.tsx'
import { partyGroups, volumeCounts } from './case-words.ts'
import { Filing } from './filing.tsx'
import { ReadVolume } from './read-volume.tsx'
import type { CaseTree, Volume } from './tree-rows.ts'

interface CaseHeaderProps {
  readonly tree: CaseTree
  readonly addingVolume: boolean
  /** Absent when the role may not. */
  readonly onAddVolume: ((kind: Volume['kind']) => void) | undefined
  readonly onImport: (() => void) | undefined
  readonly onEdit: (() => void) | undefined
  /** The volume whose pages may be read now. */
  readonly readableVolumeId: string | undefined
  /** The volume that may be held against its paper. */
  readonly checkableVolumeId: string | undefined
  readonly onFiled: () => void
  /** What may be exported of the case. */
  readonly exporting: ReactNode
}

/** Which case this is, on one or two lines. */
export function CaseHeader({
  tree,
  addingVolume,
  onAddVolume,
  onImport,
  onEdit,
  readableVolumeId,
  checkableVolumeId,
  onFiled,
  exporting,
}: CaseHeaderProps) {
  const { t } = useTranslation(['case', 'common'])
  const term = useTerm()
  const row = tree.case
  const { filed } = useCaseChange()
  const missing = VOLUME_KINDS.filter((kind) => tree.volumes.every((volume) => volume.kind !== kind))
  const facts = [
    row.archiveNumber === '' ? '' : t('header.archiveNumber', { number: row.archiveNumber }),
    volumeCounts(t, term, tree.volumes),
    t('pages', { count: row.pageCount }),
    row.retention === null
      ? t('header.noRetention')
      : t('header.retention', { period: term(RETENTION_LABELS[row.retention]) }),
    term(SECRECY_LEVEL_INFO[row.secrecy]),
    t(`common:status.${row.status}`),
  ].filter((fact) => fact !== '')
  return (
    <header className="case-header">
      <div className="case-header-words">
        <h1>
          <CaseNumber number={row.number} />
        </h1>
        {row.cause !== '' && (
          <span className="case-header-cause">
            <MaskedText text={row.cause} kind="case" id={row.id} field="cause" />
          </span>
        )}
        {partyGroups(tree).map(({ role, parties }) => (
          <span key={role} className="case-header-party">
            <span className="muted">{term(PARTY_ROLE_INFO[role])}</span>{' '}
            {parties.map(({ name, place }, at) => (
              <Fragment key={place}>
                {at > 0 && t('common:list-comma')}
                <MaskedText text={name} kind="case" id={row.id} field={`party.${place}`} />
              </Fragment>
            ))}
          </span>
        ))}
        <span className="case-header-facts">
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
          {tree.volumes.map(
            ({ id, kind, proof }) =>
              proof != null && (
                <span key={id} className="case-header-proof">
                  {term(VOLUME_KIND_INFO[kind])}{' '}
                  <ProofWords proof={proof} to={`/reconcile/${row.id}/${id}?tab=report`} />
                </span>
              ),
          )}
        </span>
      </div>
      <div className="case-header-actions">
        <Filing tree={tree} onFiled={onFiled} />
        {onEdit !== undefined && (
          <Button icon={<EditOutlined />} onClick={onEdit}>
            {t(filed ? 'filed.request' : 'edit.do')}
          </Button>
        )}
        <CasePeople caseId={row.id} />
        {onAddVolume !== undefined && missing.length > 0 && (
          <Dropdown
            trigger={['click']}
            menu={{
              items: missing.map((kind) => ({ key: kind, label: term(VOLUME_KIND_INFO[kind]) })),
              onClick: ({ key }) => {
                const kind = missing.find((known) => known === key)
                if (kind !== undefined) onAddVolume(kind)
              },
            }}
          >
            <Button icon={<PlusOutlined />} loading={addingVolume}>
              {t(filed ? 'header.requestVolume' : 'header.addVolume')}
            </Button>
          </Dropdown>
        )}
        {readableVolumeId !== undefined && <ReadVolume key={readableVolumeId} volumeId={readableVolumeId} />}
        {checkableVolumeId !== undefined && (
          <Button icon={<DiffOutlined />} href={`#/reconcile/${row.id}/${checkableVolumeId}`}>
            {t('header.check')}
          </Button>
        )}
        {exporting}
        {onImport !== undefined && (
          <Button icon={<ImportOutlined />} onClick={onImport}>
            {t(filed ? 'header.requestImport' : 'header.import')}
          </Button>
        )}
      </div>
    </header>
  )
}
