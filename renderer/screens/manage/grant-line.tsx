import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { CASE_PERMISSIONS } from '../../../shared/domain/permission.ts'
import { PERMISSION_WORDS } from '../../../shared/domain/permission-words.ts'
import { SCOPES } from '../../../shared/domain/role-matrix.ts'
import { useTerm } from '../../app/terms.ts'
import type { GrantDraft } from './grant-draft.ts'
import { GrantFields } from './grant-fields.tsx'

interface GrantLineProps {
  readonly permission: GrantDraft['permission']
  readonly grants: readonly GrantDraft[]
  readonly onChange: (grants: readonly GrantDraft[]) => void
}

/** One permission of a role: each scope in which it is given, with its conditions. */
export function GrantLine({ permission, grants, onChange }: GrantLineProps) {
  const { t } = useTranslation('rights')
  const term = useTerm()
  const name = term(PERMISSION_WORDS[permission])
  const offered = CASE_PERMISSIONS.has(permission) ? SCOPES : (['all'] as const)
  const free = offered.filter((scope) => !grants.some((grant) => grant.scope === scope))
  const [next] = free
  const lines: readonly (GrantDraft | undefined)[] = grants.length === 0 ? [undefined] : grants
  return (
    <div className="grants-row">
      <span>{name}</span>
      <div className="grants-scopes">
        {lines.map((grant, place) => (
          <GrantFields
            key={grant?.scope ?? 'none'}
            name={lines.length === 1 ? name : `${name} ${place + 1}`}
            permission={permission}
            grant={grant}
            scopes={offered.filter(
              (scope) => scope === grant?.scope || free.some((other) => other === scope),
            )}
            onChange={(changed) =>
              onChange([
                ...grants.slice(0, place),
                ...(changed === undefined ? [] : [changed]),
                ...grants.slice(place + 1),
              ])
            }
          />
        ))}
        {grants.length > 0 && next !== undefined && (
          <Button
            type="text"
            size="small"
            icon={<PlusOutlined aria-hidden="true" />}
            aria-label={t('matrix.add-scope-to', { name })}
            onClick={() => onChange([...grants, { permission, scope: next }])}
          >
            {t('matrix.add-scope')}
          </Button>
        )}
      </div>
    </div>
  )
}
