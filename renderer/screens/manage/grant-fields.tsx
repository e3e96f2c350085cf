import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { CASE_PERMISSIONS } from '../../../shared/domain/permission.ts'
import { CASE_STATUS_WORDS, COMPARTMENT_WORDS, SCOPE_WORDS } from '../../../shared/domain/permission-words.ts'
import type { Scope } from '../../../shared/domain/role-matrix.ts'
import { SECRECY_LEVEL_INFO, SECRECY_LEVELS } from '../../../shared/domain/secrecy.ts'
import { useTerm } from '../../app/terms.ts'
import type { GrantDraft } from './grant-draft.ts'

interface GrantFieldsProps {
  /** Of the permission, for who hears the fields. */
  readonly name: string
  readonly permission: GrantDraft['permission']
  readonly grant: GrantDraft | undefined
  readonly scopes: readonly Scope[]
  /** `undefined`: the grant is taken away. */
  readonly onChange: (grant: GrantDraft | undefined) => void
}

const COMPARTMENTS = ['open', 'restricted'] as const
const STATUSES = ['open', 'filed'] as const
const LEVELS = SECRECY_LEVELS.filter((level) => !SECRECY_LEVEL_INFO[level].stateSecret)

/** A grant without the conditions that say nothing. */
function tidy({ permission, scope, compartments = [], secrecyUpTo, statuses = [] }: GrantDraft): GrantDraft {
  return {
    ...{ permission, scope },
    ...(compartments.length === 0 ? {} : { compartments }),
    ...(secrecyUpTo === undefined ? {} : { secrecyUpTo }),
    ...(statuses.length === 0 ? {} : { statuses }),
  }
}

/** For which cases a permission is given, and on which conditions. */
export function GrantFields({ name, permission, grant, scopes, onChange }: GrantFieldsProps) {
  const { t } = useTranslation('rights')
  const term = useTerm()
  return (
    <div className="grants-conditions">
      <Select<'none' | Scope>
        size="small"
        aria-label={t('matrix.scope-of', { name })}
        value={grant?.scope ?? 'none'}
        options={[
          { value: 'none', label: t('matrix.none') },
          ...scopes.map((value) => ({ value, label: term(SCOPE_WORDS[value]) })),
        ]}
        onChange={(scope) => onChange(scope === 'none' ? undefined : tidy({ permission, ...grant, scope }))}
      />
      {grant !== undefined && CASE_PERMISSIONS.has(permission) && (
        <>
          <Select<'any' | 'open' | 'restricted'>
            size="small"
            aria-label={t('matrix.compartments-of', { name })}
            value={grant.compartments?.length === 1 ? (grant.compartments[0] ?? 'any') : 'any'}
            options={[
              { value: 'any', label: t('matrix.any-compartment') },
              ...COMPARTMENTS.map((value) => ({
                value,
                label: t('matrix.only', { name: term(COMPARTMENT_WORDS[value]) }),
              })),
            ]}
            onChange={(value) => onChange(tidy({ ...grant, compartments: value === 'any' ? [] : [value] }))}
          />
          <Select<'any' | NonNullable<GrantDraft['secrecyUpTo']>>
            size="small"
            aria-label={t('matrix.secrecy-of', { name })}
            value={grant.secrecyUpTo ?? 'any'}
            options={[
              { value: 'any', label: t('matrix.any-secrecy') },
              ...LEVELS.map((value) => ({
                value,
                label: t('matrix.up-to', { name: term(SECRECY_LEVEL_INFO[value]) }),
              })),
            ]}
            onChange={(value) => {
              const { secrecyUpTo: _, ...rest } = grant
              onChange(tidy(value === 'any' ? rest : { ...rest, secrecyUpTo: value }))
            }}
          />
          <Select<'any' | 'open' | 'filed'>
            size="small"
            aria-label={t('matrix.statuses-of', { name })}
            value={grant.statuses?.length === 1 ? (grant.statuses[0] ?? 'any') : 'any'}
            options={[
              { value: 'any', label: t('matrix.any-status') },
              ...STATUSES.map((value) => ({
                value,
                label: t('matrix.only', { name: term(CASE_STATUS_WORDS[value]) }),
              })),
            ]}
            onChange={(value) => onChange(tidy({ ...grant, statuses: value === 'any' ? [] : [value] }))}
          />
        </>
      )}
    </div>
  )
}
