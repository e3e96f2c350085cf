import { Form, Modal, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { VOLUME_KIND_INFO } from '../../../shared/domain/volume-kind.ts'
import { call } from '../../app/client.ts'
import { useTerm } from '../../app/terms.ts'
import { useAction, useQuery, useSettled } from '../../app/use-call.ts'
import { CaseNumber } from '../../widgets/case-number.tsx'
import { ErrorNotice } from '../../widgets/error-notice.tsx'

interface BeginDialogProps {
  readonly onClose: () => void
  readonly onBegun: (caseId: string, volumeId: string) => void
}

/** Chooses a case by its number, then one of its volumes; a volume that is being checked is opened as it is. */
export function BeginDialog({ onClose, onBegun }: BeginDialogProps) {
  const { t } = useTranslation('reconcile')
  const term = useTerm()
  const [typed, setTyped] = useState('')
  const [caseId, setCaseId] = useState<string>()
  const [volumeId, setVolumeId] = useState<string>()
  const text = useSettled(typed, 150)
  const found = useQuery('cases.list', { filter: { text }, offset: 0, limit: 30 })
  const tree = useQuery('cases.tree', caseId === undefined ? undefined : { caseId })
  const volumes = tree.data !== undefined && tree.data.case.id === caseId ? tree.data.volumes : []
  const only = volumes.filter(({ readable }) => readable)
  const chosen = volumeId ?? (only.length === 1 ? only[0]?.id : undefined)
  const begin = useAction(async () => {
    if (caseId === undefined || chosen === undefined) return
    const known = await call('reconcile.ofVolume', { volumeId: chosen })
    if (known?.state !== 'open') await call('reconcile.start', { volumeId: chosen })
    onBegun(caseId, chosen)
  })
  const rows = found.data?.rows ?? []
  const kept =
    tree.data !== undefined && rows.every(({ id }) => id !== tree.data?.case.id) ? [tree.data.case] : []
  return (
    <Modal
      open
      title={t('new.title')}
      width={560}
      okText={t('begin.do')}
      okButtonProps={{ disabled: chosen === undefined }}
      confirmLoading={begin.busy}
      onOk={() => {
        begin.run().catch((error: unknown) => console.warn('checking not begun', error))
      }}
      onCancel={onClose}
      destroyOnHidden
    >
      <Form layout="vertical">
        <Form.Item label={t('new.case')} htmlFor="checking-case">
          <Select
            id="checking-case"
            autoFocus
            showSearch={{ filterOption: false, onSearch: setTyped }}
            value={caseId ?? null}
            placeholder={t('new.case-help')}
            loading={found.loading}
            notFoundContent={t('new.not-found')}
            options={[...kept, ...rows].map((row) => ({
              value: row.id,
              label: (
                <span className="checking-case-option">
                  <CaseNumber number={row.number} /> <span className="muted">{row.cause}</span>
                </span>
              ),
            }))}
            onChange={(id: string | null) => {
              setCaseId(id ?? undefined)
              setVolumeId(undefined)
            }}
          />
        </Form.Item>
        {volumes.length > 0 && (
          <Form.Item label={t('new.volume')}>
            <Radio.Group
              aria-label={t('new.volume')}
              value={chosen ?? null}
              onChange={(event) => setVolumeId(String(event.target.value))}
            >
              {volumes.map((volume) => (
                <Radio key={volume.id} value={volume.id} disabled={!volume.readable}>
                  {term(VOLUME_KIND_INFO[volume.kind])}{' '}
                  <span className="muted figures">
                    {volume.readable
                      ? t('new.pages', { count: volume.books.reduce((sum, book) => sum + book.pageCount, 0) })
                      : t('new.closed')}
                  </span>
                </Radio>
              ))}
            </Radio.Group>
          </Form.Item>
        )}
      </Form>
      <ErrorNotice error={begin.error ?? tree.error ?? found.error} />
    </Modal>
  )
}
