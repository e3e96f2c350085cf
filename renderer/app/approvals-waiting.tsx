import { useTranslation } from 'react-i18next'
import { useCoreEvent, useQuery } from './use-call.ts'

/** How many requests wait for the person, beside the rail entry; nothing when there are none. */
export function ApprovalsWaiting() {
  const { t } = useTranslation('frame')
  const list = useQuery('approvals.list', { view: 'decide', limit: 1 })
  useCoreEvent('changed', ({ what }) => {
    if (what === 'approvals') list.reload()
  })
  const { decide = 0, execute = 0, check = 0 } = list.data?.waiting ?? {}
  const count = decide + execute + check
  if (count === 0) return null
  return (
    <span className="rail-count figures">
      <span aria-hidden="true">{count}</span>
      <span className="visually-hidden">{t('rail.waiting', { count })}</span>
    </span>
  )
}
