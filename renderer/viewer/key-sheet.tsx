import { Modal } from 'antd'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyHint } from '../widgets/key-hint.tsx'
import { KEY_SHEET, type KeyLine } from './keys.ts'

interface KeySheetProps {
  readonly open: boolean
  readonly more: readonly KeyLine[]
  readonly onClose: () => void
}

/** Every key that works here, on one sheet. */
export function KeySheet({ open, more, onClose }: KeySheetProps) {
  const { t } = useTranslation('viewer')
  const groups = [
    ...KEY_SHEET.map(({ group, lines }) => ({
      group: t(group),
      lines: lines.map(({ keys, label }) => ({
        keys: keys.map((key) => (key.includes(':') ? t(key) : key)),
        words: t(label),
      })),
    })),
    ...(more.length > 0 ? [{ group: t('keys.here'), lines: more }] : []),
  ]
  return (
    <Modal open={open} title={t('keys.title')} width={720} footer={null} onCancel={onClose}>
      <div className="viewer-key-sheet">
        {groups.map(({ group, lines }) => (
          <section key={group} aria-label={group}>
            <h3>{group}</h3>
            <dl>
              {lines.map(({ keys, words }) => (
                <Fragment key={keys.join()}>
                  <dt>
                    {keys.map((key) => (
                      <KeyHint key={key} keys={key} />
                    ))}
                  </dt>
                  <dd>{words}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}
