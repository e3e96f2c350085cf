import { FileTextOutlined, TableOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { BACKUP_REGISTERS } from '../../../shared/contract/backup.ts'
import { call } from '../../app/client.ts'
import { useAction } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'

interface RegisterFileButtonsProps {
  readonly register: (typeof BACKUP_REGISTERS)[number]
  /** Only this drill's record. */
  readonly drillId?: string
  /** Where several registers stand on one page: its name is on the button. */
  readonly named?: boolean
  readonly formats?: readonly ('pdf' | 'csv')[]
}

/** A register as ruled sheets to print and sign, or as a table. */
export function RegisterFileButtons({
  register,
  drillId,
  named = false,
  formats = ['pdf', 'csv'],
}: RegisterFileButtonsProps) {
  const { t } = useTranslation('backup')
  const { message } = App.useApp()
  const name = t(`registers.${register}`)
  const write = useAction(async (format: 'pdf' | 'csv') => {
    const { path: target } = await call('shell.chooseSaveFile', {
      title: t(`registers.${format}-title`, { name }),
      suggestedName: `${name}.${format}`,
    })
    if (target === null) return
    const { path, rows } = await call('backupForms.write', {
      ...{ register, format, target },
      ...(drillId === undefined ? {} : { drillId }),
    })
    void message.success(t('registers.done', { name: path.split(/[/\\]/).at(-1), count: rows, rows }))
    if (format === 'pdf') await call('shell.openWrittenFile', { path: target })
  })
  return (
    <>
      {formats.map((format) => (
        <Button
          key={format}
          icon={
            format === 'pdf' ? <FileTextOutlined aria-hidden="true" /> : <TableOutlined aria-hidden="true" />
          }
          loading={write.busy}
          onClick={() => {
            write.run(format).catch((error: unknown) => console.warn('register not written', error))
          }}
        >
          {named ? t(`registers.${format}-named`, { name }) : t(`registers.${format}`)}
        </Button>
      ))}
      <ErrorNotice error={write.error} />
    </>
  )
}
