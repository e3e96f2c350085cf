import { Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../shared/contract/index.ts'
import {
  DIFFERENCE_TYPE_INFO,
  DIFFERENCE_TYPES,
  type DifferenceType,
  FINDING_STAGES,
  type FindingStage,
} from '../../shared/domain/reconcile/difference-type.ts'
import { FINDING_STAGE_WORDS } from '../../shared/domain/reconcile/difference-words.ts'
import { VOLUME_KIND_INFO } from '../../shared/domain/volume-kind.ts'
import { call } from '../app/client.ts'
import { useTerm } from '../app/terms.ts'
import { useAction, useQuery, useSettled } from '../app/use-call.ts'
import { ErrorNotice } from './error-notice.tsx'

type Reported = OutputOf<'differences.report'>

/** The page at which somebody stands, so that only what is wrong with it needs saying. */
export interface ReportedPage {
  readonly volumeId: string
  readonly pageId: string
  readonly words: string
  readonly printedNumber: string
}

interface ReportDifferenceProps {
  readonly at?: ReportedPage
  readonly onClose: () => void
  readonly onReported: (row: Reported) => void
}

interface ReportForm {
  readonly caseId?: string
  readonly volumeId?: string
  readonly pageId?: string
  readonly type: DifferenceType
  readonly foundStage: FindingStage
  readonly paperPlace?: string
  readonly paperWords?: string
  readonly electronicWords?: string
}

/** 登记不符 by hand, from whatever stage of the work. */
export function ReportDifference({ at, onClose, onReported }: ReportDifferenceProps) {
  const { t } = useTranslation('register')
  const term = useTerm()
  const [form] = Form.useForm<ReportForm>()
  const report = useAction(async (typed: ReportForm) => {
    const volumeId = at?.volumeId ?? typed.volumeId
    if (volumeId === undefined) return
    const { type, foundStage, paperPlace, paperWords, electronicWords } = typed
    onReported(
      await call('differences.report', {
        ...{ volumeId, type, foundStage, pageId: at?.pageId ?? typed.pageId ?? null },
        ...{ paperPlace: paperPlace ?? '', paperWords: paperWords ?? '' },
        electronicWords: electronicWords ?? '',
      }),
    )
  })
  const needed = [{ required: true, message: t('report.needed') }]
  return (
    <Modal
      open
      title={t('report.title')}
      width={620}
      okText={t('report.do')}
      confirmLoading={report.busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <ErrorNotice error={report.error} />
      <Form<ReportForm>
        form={form}
        name="report-difference"
        layout="vertical"
        requiredMark={false}
        initialValues={{
          foundStage: at === undefined ? 'inspection' : 'lending',
          paperPlace: at?.printedNumber ?? '',
        }}
        onFinish={(typed) => {
          report.run(typed).catch((error: unknown) => console.warn('not reported', error))
        }}
      >
        {at === undefined ? <Place needed={needed} /> : <p>{at.words}</p>}
        <Form.Item name="type" label={t('column.type')} rules={needed}>
          <Select
            autoFocus={at !== undefined}
            showSearch={{ optionFilterProp: 'label' }}
            options={DIFFERENCE_TYPES.map((value) => ({
              value,
              label: `${value} ${term(DIFFERENCE_TYPE_INFO[value])}`,
            }))}
          />
        </Form.Item>
        <div className="two-columns">
          <Form.Item name="foundStage" label={t('column.foundStage')} rules={needed}>
            <Select
              options={FINDING_STAGES.map((value) => ({ value, label: term(FINDING_STAGE_WORDS[value]) }))}
            />
          </Form.Item>
          <Form.Item name="paperPlace" label={t('column.paperPlace')}>
            <Input maxLength={200} />
          </Form.Item>
        </div>
        <Form.Item name="paperWords" label={t('column.paperWords')}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} />
        </Form.Item>
        <Form.Item name="electronicWords" label={t('column.electronicWords')}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} />
        </Form.Item>
      </Form>
    </Modal>
  )
}

/** Which case, which of its volumes, and the page if it is one. */
function Place({ needed }: { readonly needed: { readonly required: boolean; readonly message: string }[] }) {
  const { t } = useTranslation('register')
  const term = useTerm()
  const form = Form.useFormInstance<ReportForm>()
  const caseId = Form.useWatch('caseId', form)
  const volumeId = Form.useWatch('volumeId', form)
  const [typed, setTyped] = useState('')
  const text = useSettled(typed, 150)
  const found = useQuery('cases.list', { filter: { text }, offset: 0, limit: 30 })
  const tree = useQuery('cases.tree', caseId === undefined ? undefined : { caseId })
  const pages = useQuery('pages.list', volumeId === undefined ? undefined : { volumeId })
  const volumes = tree.data?.case.id === caseId ? (tree.data?.volumes ?? []) : []
  const rows = found.data?.rows ?? []
  const kept =
    tree.data !== undefined && rows.every(({ id }) => id !== tree.data?.case.id) ? [tree.data.case] : []
  return (
    <>
      <Form.Item name="caseId" label={t('column.caseNumber')} rules={needed}>
        <Select
          autoFocus
          showSearch={{ filterOption: false, onSearch: setTyped }}
          placeholder={t('report.case-help')}
          loading={found.loading}
          notFoundContent={t('report.no-case')}
          options={[...kept, ...rows].map(({ id, number, cause }) => ({
            value: id,
            label: `${number} ${cause}`,
          }))}
          onChange={() => {
            form.resetFields(['volumeId', 'pageId'])
          }}
        />
      </Form.Item>
      <div className="two-columns">
        <Form.Item name="volumeId" label={t('report.volume')} rules={needed}>
          <Select
            disabled={volumes.length === 0}
            options={volumes.map(({ id, kind, readable }) => ({
              value: id,
              label: term(VOLUME_KIND_INFO[kind]),
              disabled: !readable,
            }))}
            onChange={() => form.resetFields(['pageId'])}
          />
        </Form.Item>
        <Form.Item name="pageId" label={t('report.page')}>
          <Select
            allowClear
            disabled={volumeId === undefined}
            showSearch={{ optionFilterProp: 'label' }}
            options={(pages.data ?? []).map(({ id, printedNumber }, index) => ({
              value: id,
              label: t(printedNumber === '' ? 'report.image' : 'report.image-printed', {
                position: index + 1,
                number: printedNumber,
              }),
            }))}
          />
        </Form.Item>
      </div>
      <ErrorNotice error={found.error ?? tree.error ?? pages.error} />
    </>
  )
}
