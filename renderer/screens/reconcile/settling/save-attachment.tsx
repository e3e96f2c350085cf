import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../../app/client.ts'
import { useAction } from '../../../app/use-call.ts'
import { useMay } from '../../../state/session.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import type { Difference } from '../use-checking.ts'

/** Writes the sealed file of 情况说明 to where the person wants it. */
export function SaveAttachment({ difference }: { readonly difference: Difference }) {
  const { t } = useTranslation('settling')
  const mayExport = useMay('page.export')
  const { id: differenceId, volumeId, attachment } = difference
  const save = useAction(async (suggestedName: string) => {
    const { path } = await call('shell.chooseSaveFile', { title: t('attachment-save'), suggestedName })
    if (path !== null) await call('differences.exportAttachment', { volumeId, differenceId, path })
  })
  if (attachment === null || !mayExport) return null
  return (
    <>
      <Button
        size="small"
        loading={save.busy}
        onClick={() => {
          save.run(attachment.name).catch((error: unknown) => console.warn('not written', error))
        }}
      >
        {t('attachment-save')}
      </Button>
      <ErrorNotice error={save.error} />
    </>
  )
}
