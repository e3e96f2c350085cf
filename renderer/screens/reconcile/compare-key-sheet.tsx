import { Modal } from 'antd'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyHint } from '../../widgets/key-hint.tsx'
import { COMPARE_KEY_SHEET } from './compare-keys.ts'

interface CompareKeySheetProps {
  readonly open: boolean
  readonly onClose: () => void
}

/** Every key of comparing, on one sheet. */
export function CompareKeySheet({ open, onClose }: CompareKeySheetProps) {
  const { t } = useTranslation('reconcile')
  const mouse = ['drag', 'wheel', 'ctrl-wheel'] as const
  return (
    <Modal open={open} title={t('keys.title')} width={520} footer={null} onCancel={onClose}>
      <dl className="compare-key-sheet">
        {COMPARE_KEY_SHEET.map(({ keys, label }) => (
          <Fragment key={label}>
            <dt>
              {keys.map((key) => (
                <KeyHint key={key} keys={key} />
              ))}
            </dt>
            <dd>{t(`keys.${label}`)}</dd>
          </Fragment>
        ))}
        {mouse.map((name) => (
          <Fragment key={name}>
            <dt>{t(`keys.mouse.${name}`)}</dt>
            <dd>{t(`keys.mouse-does.${name}`)}</dd>
          </Fragment>
        ))}
      </dl>
    </Modal>
  )
}
