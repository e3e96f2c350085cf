import { DownloadOutlined, EditOutlined, PrinterOutlined } from '@ant-design/icons'
import { Button, Dropdown, Skeleton } from 'antd'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../shared/contract/index.ts'
import { type Permission, ROLES, type Role } from '../../../shared/domain/permission.ts'
import {
  conditionWords,
  PERMISSION_WORDS,
  permissionGroups,
  ROLE_WORDS,
  SCOPE_WORDS,
} from '../../../shared/domain/permission-words.ts'
import type { Grant } from '../../../shared/domain/role-matrix.ts'
import { call } from '../../app/client.ts'
import { useTerm } from '../../app/terms.ts'
import { useQuery } from '../../app/use-call.ts'
import { useMay } from '../../state/session.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { GrantsDrawer } from './grants-drawer.tsx'
import { useExport } from './use-export.ts'
import './rights.css'

type Matrix = OutputOf<'roles.matrix'>['matrix']
type Format = 'pdf' | 'csv' | 'json'

/** 权限矩阵: who may do what, for which cases, on which conditions. */
export function MatrixPage() {
  const { t } = useTranslation('rights')
  const term = useTerm()
  const matrix = useQuery('roles.matrix', {})
  const mayGrant = useMay('right.grant')
  const [editing, setEditing] = useState<Role>()
  const save = useExport<Format>()
  if (matrix.error !== undefined) return <ErrorNotice error={matrix.error} onRetry={matrix.reload} />
  if (matrix.data === undefined) return <Skeleton active paragraph={{ rows: 12 }} />
  const { data } = matrix
  const write = (format: Format) =>
    save.run({
      suggestedName: t('matrix.file-name'),
      format,
      write: (file, as) => call('roles.export', { file, format: as }),
    })
  return (
    <div className="rights-page">
      <p className="muted">{t('matrix.text')}</p>
      <div className="rights-bar">
        <span>{t(data.edited ? 'matrix.edited' : 'matrix.shipped')}</span>
        <span className="rights-bar-end">
          <Button
            icon={<PrinterOutlined aria-hidden="true" />}
            loading={save.busy}
            onClick={() => write('pdf')}
          >
            {t('export.print')}
          </Button>
          <Dropdown
            trigger={['click']}
            menu={{
              items: (['csv', 'json'] as const).map((key) => ({ key, label: t(`export.${key}`) })),
              onClick: ({ key }) => void write(key === 'json' ? 'json' : 'csv'),
            }}
          >
            <Button icon={<DownloadOutlined aria-hidden="true" />} aria-haspopup="menu">
              {t('export.do')}
            </Button>
          </Dropdown>
        </span>
      </div>
      <ErrorNotice error={save.error} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrollable by keyboard */}
      <section className="matrix-frame" aria-label={t('matrix.title')} tabIndex={0}>
        <table className="matrix-table">
          <thead>
            <tr>
              <th scope="col" className="matrix-name">
                {t('matrix.permission')}
              </th>
              {ROLES.map((role) => (
                <th key={role} scope="col">
                  {term(ROLE_WORDS[role])}
                  {mayGrant && (
                    <Button
                      type="text"
                      size="small"
                      icon={<EditOutlined aria-hidden="true" />}
                      aria-label={t('matrix.edit', { role: term(ROLE_WORDS[role]) })}
                      title={t('matrix.edit', { role: term(ROLE_WORDS[role]) })}
                      onClick={() => setEditing(role)}
                    />
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {permissionGroups().map(({ area, words, permissions }) => (
              <Fragment key={area}>
                <tr className="matrix-area">
                  <th scope="rowgroup" colSpan={ROLES.length + 1}>
                    {term(words)}
                  </th>
                </tr>
                {permissions.map((permission) => (
                  <tr key={permission}>
                    <th scope="row" className="matrix-name">
                      {PERMISSION_WORDS[permission].zh}{' '}
                      <span className="muted rights-small">{PERMISSION_WORDS[permission].en}</span>
                    </th>
                    {ROLES.map((role) => (
                      <MatrixCell key={role} grants={grantsFor(data.matrix, role, permission)} />
                    ))}
                  </tr>
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      </section>
      <p className="muted rights-small">{t('matrix.legend')}</p>
      {editing !== undefined && (
        <GrantsDrawer
          role={editing}
          grants={data.matrix[editing] ?? []}
          onClose={() => setEditing(undefined)}
          onSaved={matrix.reload}
        />
      )}
    </div>
  )
}

function grantsFor(matrix: Matrix, role: Role, permission: Permission): readonly Grant[] {
  return ((matrix[role] ?? []) as readonly Grant[]).filter((grant) => grant.permission === permission)
}

function MatrixCell({ grants }: { readonly grants: readonly Grant[] }) {
  const { t } = useTranslation('rights')
  const term = useTerm()
  if (grants.length === 0)
    return (
      <td className="matrix-none">
        <span aria-hidden="true">–</span>
        <span className="visually-hidden">{t('matrix.none')}</span>
      </td>
    )
  return (
    <td>
      {grants.map((grant) => (
        <div key={JSON.stringify(grant)}>
          {term(SCOPE_WORDS[grant.scope])}
          {conditionWords(grant).map((condition) => (
            <span key={condition.en} className="matrix-condition">
              {term(condition)}
            </span>
          ))}
        </div>
      ))}
    </td>
  )
}
