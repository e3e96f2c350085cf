import { DownOutlined, ExportOutlined } from '@ant-design/icons'
import { App, Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../app/client.ts'
import { useAction } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { askedOf, type ScreenQuestion } from './search-question.ts'

interface ExportResultsProps {
  readonly question: ScreenQuestion
}

/** The list that was found, as a table or as a sheet to print. */
export function ExportResults({ question }: ExportResultsProps) {
  const { t } = useTranslation('search')
  const { message } = App.useApp()
  const write = useAction(async (as: 'csv' | 'pdf') => {
    const { path } = await call('shell.chooseSaveFile', {
      title: t(`export.${as}`),
      suggestedName: `${t('export.name')}.${as}`,
    })
    if (path === null) return
    const { fileName, rowCount, complete } = await call('search.exportList', {
      ...askedOf(question),
      ...{ file: path, as },
    })
    void message.success(
      t(complete ? 'export.done' : 'export.done-in-part', { name: fileName, count: rowCount }),
    )
    if (as === 'pdf') await call('shell.openWrittenFile', { path })
  })
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'csv', label: t('export.csv') },
            { key: 'pdf', label: t('export.pdf') },
          ],
          onClick: ({ key }) => {
            write
              .run(key === 'pdf' ? 'pdf' : 'csv')
              .catch((error: unknown) => console.warn('not exported', error))
          },
        }}
      >
        <Button icon={<ExportOutlined aria-hidden="true" />} loading={write.busy} aria-haspopup="menu">
          {t('export.button')} <DownOutlined aria-hidden="true" />
        </Button>
      </Dropdown>
      <ErrorNotice error={write.error} />
    </>
  )
}
