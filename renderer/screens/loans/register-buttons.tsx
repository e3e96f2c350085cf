import { FileTextOutlined, TableOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../app/client.ts'
import { useAction } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'

/** 登记簿 as a table, or as a ruled sheet to print and sign. */
export function RegisterButtons() {
  const { t } = useTranslation('loans')
  const { message } = App.useApp()
  const write = useAction(async (as: 'csv' | 'pdf') => {
    const { path } = await call('shell.chooseSaveFile', {
      title: t(`register.${as}`),
      suggestedName: `${t('register.name')}.${as}`,
    })
    if (path === null) return
    const { fileName, rowCount } = await call('loans.exportRegister', { file: path, as })
    void message.success(t('register.done', { name: fileName, count: rowCount, rows: rowCount }))
    if (as === 'pdf') await call('shell.openWrittenFile', { path })
  })
  const run = (as: 'csv' | 'pdf') => {
    write.run(as).catch((error: unknown) => console.warn('register not written', error))
  }
  return (
    <>
      <Button icon={<TableOutlined aria-hidden="true" />} loading={write.busy} onClick={() => run('csv')}>
        {t('register.csv')}
      </Button>
      <Button icon={<FileTextOutlined aria-hidden="true" />} loading={write.busy} onClick={() => run('pdf')}>
        {t('register.pdf')}
      </Button>
      <ErrorNotice error={write.error} />
    </>
  )
}
