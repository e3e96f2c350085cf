import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../app/client.ts'
import { useAction } from '../app/use-call.ts'
import { useMay } from '../state/session.ts'
import { ReasonDialog } from './reason-dialog.tsx'

interface MaskedTextProps {
  readonly text: string
  readonly kind: 'case' | 'item' | 'approval'
  readonly id: string
  readonly field: string
}

const HIDDEN = /\*{3,}/

/** A text as the core gives it; where something in it is hidden, the eye asks why before it shows the whole. */
export function MaskedText({ text, kind, id, field }: MaskedTextProps) {
  const { t } = useTranslation()
  const may = useMay('field.unmask')
  const [asking, setAsking] = useState(false)
  const [shown, setShown] = useState<string>()
  const unmask = useAction(async (reason: string) => {
    const { value } = await call('fields.unmask', { kind, id, field, reason })
    setShown(value)
    setAsking(false)
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another thing is masked again
  useEffect(() => setShown(undefined), [kind, id, field, text])
  if (!may || !HIDDEN.test(text)) return text
  const words = t(shown === undefined ? 'unmask.show' : 'unmask.hide')
  return (
    <>
      {shown ?? text}
      <Tooltip title={words}>
        <Button
          type="text"
          size="small"
          className="unmask"
          icon={
            shown === undefined ? (
              <EyeOutlined aria-hidden="true" />
            ) : (
              <EyeInvisibleOutlined aria-hidden="true" />
            )
          }
          aria-label={words}
          onClick={() => (shown === undefined ? setAsking(true) : setShown(undefined))}
        />
      </Tooltip>
      {asking && (
        <ReasonDialog
          title={t('unmask.title')}
          text={t('unmask.text')}
          label={t('unmask.reason')}
          doText={t('unmask.do')}
          busy={unmask.busy}
          error={unmask.error}
          onDo={(reason) => {
            unmask.run(reason).catch((error: unknown) => console.warn('not shown', error))
          }}
          onCancel={() => setAsking(false)}
        />
      )}
    </>
  )
}
