import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../app/client.ts'
import { type Action, useAction } from '../../app/use-call.ts'

interface Export<F extends string> {
  readonly suggestedName: string
  readonly format: F
  readonly write: (file: string, format: F) => Promise<unknown>
}

/** Asks where to, writes the file, and opens a PDF for printing. */
export function useExport<F extends string>(): Action<[Export<F>], void> {
  const { t } = useTranslation('rights')
  const { message } = App.useApp()
  return useAction(async ({ suggestedName, format, write }: Export<F>) => {
    const { path } = await call('shell.chooseSaveFile', {
      title: t('export.title'),
      suggestedName: `${suggestedName}.${format}`,
    })
    if (path === null) return
    await write(path, format)
    void message.success(t('export.done'))
    if (path.toLowerCase().endsWith('.pdf')) await call('shell.openWrittenFile', { path })
  })
}
