import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../state/session.ts'
import { useCoreEvent, useQuery } from './use-call.ts'

/** While a scan is compared much changes; a number in the rail need not follow every page. */
const FOLLOW_AFTER_MS = 3000

/** Differences to judge and pages to decide in the checkings that the person may run; nothing when there are none. */
export function ReconcileWaiting() {
  const { t } = useTranslation('frame')
  const mayRun = useMay('reconcile.run')
  const list = useQuery('reconcile.list', mayRun ? { ended: false } : undefined)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useCoreEvent('changed', ({ what }) => {
    if (what !== 'reconcile') return
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      list.reload()
    }, FOLLOW_AFTER_MS)
  })
  useEffect(() => () => clearTimeout(timer.current), [])
  const count = (list.data ?? []).reduce(
    (sum, { differences, ways }) => sum + differences.found + ways.rescan.toDecide,
    0,
  )
  if (count === 0) return null
  return (
    <span className="rail-count figures">
      <span aria-hidden="true">{count}</span>
      <span className="visually-hidden">{t('rail.waiting', { count })}</span>
    </span>
  )
}
