import { FileTextOutlined, TableOutlined, UnorderedListOutlined } from '@ant-design/icons'
import { App, Button, Checkbox, Popover } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../../app/client.ts'
import { useAction } from '../../../app/use-call.ts'
import { useMay } from '../../../state/session.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import { FIRST_REGISTER_COLUMNS, REGISTER_COLUMNS } from './register-columns.tsx'
import type { RegisterFilter } from './register-filter.ts'

/** The rows that the filter leaves as a table with every column, or as a ruled sheet to print and sign. */
export function RegisterExport({ filter }: { readonly filter: RegisterFilter }) {
  const { t } = useTranslation('register')
  const { message } = App.useApp()
  const may = useMay('register.read')
  const write = useAction(async (format: 'csv' | 'pdf') => {
    const { path } = await call('shell.chooseSaveFile', {
      title: t(`export.${format}`),
      suggestedName: `${t('export.name')}.${format}`,
    })
    if (path === null) return
    const { rows } = await call('differences.exportRegister', { filter, format, path })
    void message.success(t('export.done', { count: rows }))
    if (format === 'pdf') await call('shell.openWrittenFile', { path })
  })
  if (!may) return null
  const run = (format: 'csv' | 'pdf') => {
    write.run(format).catch((error: unknown) => console.warn('register not written', error))
  }
  return (
    <>
      <Button icon={<TableOutlined aria-hidden="true" />} loading={write.busy} onClick={() => run('csv')}>
        {t('export.csv')}
      </Button>
      <Button icon={<FileTextOutlined aria-hidden="true" />} loading={write.busy} onClick={() => run('pdf')}>
        {t('export.pdf')}
      </Button>
      <ErrorNotice error={write.error} />
    </>
  )
}

interface RegisterColumnsProps {
  readonly shown: readonly string[]
  readonly onChange: (shown: readonly string[]) => void
}

/** Chooses among all columns of the register. */
export function RegisterColumnChooser({ shown, onChange }: RegisterColumnsProps) {
  const { t } = useTranslation('register')
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t('columns.title')}
      content={
        <div className="register-columns">
          <Checkbox.Group
            className="column-choices"
            value={[...shown, 'number']}
            options={REGISTER_COLUMNS.map((key) => ({
              value: key,
              label: t(`column.${key}`),
              disabled: key === 'number',
            }))}
            onChange={(chosen) => onChange(REGISTER_COLUMNS.filter((key) => chosen.includes(key)))}
          />
          <div className="register-columns-all">
            <Button size="small" onClick={() => onChange(REGISTER_COLUMNS)}>
              {t('columns.all')}
            </Button>
            <Button size="small" onClick={() => onChange(FIRST_REGISTER_COLUMNS)}>
              {t('columns.first')}
            </Button>
          </div>
        </div>
      }
    >
      <Button icon={<UnorderedListOutlined aria-hidden="true" />} aria-haspopup="dialog">
        {t('columns.button')}
      </Button>
    </Popover>
  )
}
