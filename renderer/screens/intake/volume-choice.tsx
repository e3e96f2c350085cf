import { Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { VOLUME_KIND_INFO } from '../../../shared/domain/volume-kind.ts'
import { useTerm } from '../../app/terms.ts'
import { useQuery, useSettled } from '../../app/use-call.ts'
import { useMay } from '../../state/session.ts'
import { CaseNumber } from '../../widgets/case-number.tsx'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { TemplateChoice } from './template-choice.tsx'

interface VolumeChoiceProps {
  readonly caseId: string | undefined
  readonly volumeId: string | undefined
  readonly onChange: (caseId: string, volumeId: string | undefined) => void
}

/** Finds the case by its number, then one of its volumes. */
export function VolumeChoice({ caseId, volumeId, onChange }: VolumeChoiceProps) {
  const { t } = useTranslation('intake')
  const term = useTerm()
  const mayCatalogue = useMay('item.edit')
  const [typed, setTyped] = useState('')
  const text = useSettled(typed, 150)
  const found = useQuery('cases.list', { filter: { text }, offset: 0, limit: 30 })
  const tree = useQuery('cases.tree', caseId === undefined ? undefined : { caseId })
  const chosen = tree.data !== undefined && tree.data.case.id === caseId ? tree.data : undefined
  const rows = found.data?.rows ?? []
  const options = [
    ...(chosen !== undefined && rows.every((row) => row.id !== chosen.case.id) ? [chosen.case] : []),
    ...rows,
  ].map((row) => ({
    value: row.id,
    label: (
      <span className="intake-case-option">
        <CaseNumber number={row.number} /> <span className="muted">{row.cause}</span>
      </span>
    ),
  }))
  const volumes = chosen?.volumes ?? []
  const chosenVolume = volumes.find((volume) => volume.id === volumeId)
  if (chosen !== undefined && volumeId === undefined) {
    const only = volumes.filter((volume) => volume.readable)
    if (only.length === 1 && only[0] !== undefined) onChange(chosen.case.id, only[0].id)
  }
  return (
    <>
      <Select
        className="intake-case"
        showSearch={{ filterOption: false, onSearch: setTyped }}
        value={caseId ?? null}
        options={options}
        placeholder={t('target.placeholder')}
        aria-label={t('target.placeholder')}
        loading={found.loading}
        notFoundContent={text === '' ? t('target.noCases') : t('target.notFound', { text })}
        onChange={(id: string | null) => {
          if (id !== null) onChange(id, undefined)
        }}
      />
      {chosen !== undefined && (
        <Radio.Group
          className="intake-volumes"
          aria-label={t('target.volume')}
          value={volumeId ?? null}
          onChange={(event) => onChange(chosen.case.id, String(event.target.value))}
        >
          {volumes.map((volume) => (
            <Radio key={volume.id} value={volume.id} disabled={!volume.readable}>
              {term(VOLUME_KIND_INFO[volume.kind])}{' '}
              <span className="muted">
                {volume.readable
                  ? t('target.pages', { count: volume.books.reduce((sum, book) => sum + book.pageCount, 0) })
                  : t('target.closed')}
              </span>
            </Radio>
          ))}
        </Radio.Group>
      )}
      {chosenVolume?.readable === true && (
        <TemplateChoice volume={chosenVolume} mayChoose={mayCatalogue} onChosen={tree.reload} />
      )}
      <ErrorNotice
        error={tree.error ?? found.error}
        onRetry={tree.error === undefined ? found.reload : tree.reload}
      />
    </>
  )
}
