import type { TFunction } from 'i18next'
import type { OutputOf } from '../../../shared/contract/index.ts'
import { PAGE_KIND_INFO } from '../../../shared/domain/page-kind.ts'
import { PARTY_ROLE_INFO } from '../../../shared/domain/party-role.ts'
import { RETENTION_LABELS } from '../../../shared/domain/retention.ts'
import { SECRECY_LEVEL_INFO } from '../../../shared/domain/secrecy.ts'
import { VOLUME_KIND_INFO } from '../../../shared/domain/volume-kind.ts'
import type { Term } from '../../app/terms.ts'

export type ApprovalRow = OutputOf<'approvals.list'>['rows'][number]
export type ApprovalDetail = OutputOf<'approvals.get'>
export type View = 'decide' | 'execute' | 'check' | 'own' | 'all'

/** Fields whose values are codes of the domain. */
const CODED: Readonly<Record<string, Readonly<Record<string, Term>>>> = {
  retention: RETENTION_LABELS,
  secrecy: SECRECY_LEVEL_INFO,
  partyRole: PARTY_ROLE_INFO,
  kind: PAGE_KIND_INFO,
  volume: VOLUME_KIND_INFO,
}

/** A value as people read it; a code that this version does not know stands as it is. */
export function valueWords(
  t: TFunction,
  term: (term: Term) => string,
  field: string,
  value: string | null,
): string {
  if (value === null || value === '') return t('approvals:nothing')
  const known = CODED[field]?.[value]
  if (known !== undefined) return term(known)
  if (field === 'frontMatter' || field === 'backMatter') {
    const parts = value.split(', ').map((kind) => valueWords(t, term, 'kind', kind))
    return parts.join(t('common:list-comma'))
  }
  return t(`approvals:value.${field}.${value}`, { defaultValue: value })
}

const TWO = (value: number) => String(value).padStart(2, '0')

/** Local date and time to the minute, in even figures. */
export function timeWords(iso: string): string {
  const at = new Date(iso)
  return `${at.getFullYear()}-${TWO(at.getMonth() + 1)}-${TWO(at.getDate())} ${TWO(at.getHours())}:${TWO(at.getMinutes())}`
}
