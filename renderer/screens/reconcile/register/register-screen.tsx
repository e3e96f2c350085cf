import { BookOutlined, FormOutlined } from '@ant-design/icons'
import { App, Button, Drawer, Skeleton } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { VOLUME_KIND_INFO } from '../../../../shared/domain/volume-kind.ts'
import { useTerm } from '../../../app/terms.ts'
import { usePreferences } from '../../../state/preferences.ts'
import { useMay } from '../../../state/session.ts'
import { EmptyState } from '../../../widgets/empty-state.tsx'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import { ReportDifference } from '../../../widgets/report-difference.tsx'
import { WindowedGrid } from '../../../widgets/windowed-grid.tsx'
import { DifferenceDetail } from '../settling/difference-detail.tsx'
import '../settling/settling.css'
import type { Difference } from '../use-checking.ts'
import { checkingOf, FIRST_REGISTER_COLUMNS, useRegisterColumns } from './register-columns.tsx'
import { filterAddress, isNarrowed, type RegisterFilter, readFilter } from './register-filter.ts'
import { RegisterFilterBar } from './register-filter-bar.tsx'
import { RegisterColumnChooser, RegisterExport } from './register-tools.tsx'
import { useRegister } from './use-register.ts'
import './register.css'

const NO_SORT = { column: '', descending: false }
const nothing = () => undefined

/** 电子与纸质不符登记簿: every difference of every case that the person may see. */
export function RegisterScreen() {
  const { t, i18n } = useTranslation('register')
  const term = useTerm()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const address = search.toString()
  const filter = useMemo(() => readFilter(new URLSearchParams(address)), [address])
  const register = useRegister(filter)
  const shown = usePreferences((preferences) => preferences.registerColumns) ?? FIRST_REGISTER_COLUMNS
  const changePreferences = usePreferences((preferences) => preferences.change)
  const mayReport = useMay('difference.report')
  const [active, setActive] = useState(0)
  const [detail, setDetail] = useState<Difference>()
  const [reporting, setReporting] = useState(false)
  const columns = useRegisterColumns(shown, setDetail)
  const open = useCallback(
    (row: Difference) => {
      const place = checkingOf(row)
      if (place === null) setDetail(row)
      else Promise.resolve(navigate(place)).catch((error: unknown) => console.warn('navigation', error))
    },
    [navigate],
  )
  const narrow = (next: RegisterFilter) => {
    setActive(0)
    setSearch(new URLSearchParams(filterAddress(next)), { replace: true })
  }
  const first = register.rowAt(0)
  const placeWords =
    first === undefined
      ? ''
      : filter.volumeId === undefined
        ? first.caseNumber
        : `${first.caseNumber} ${term(VOLUME_KIND_INFO[first.volumeKind])}`
  const { total } = register
  const count = useMemo(() => new Intl.NumberFormat(i18n.language), [i18n.language])
  // The row in the drawer as it stands now.
  const detailNow = useMemo(() => {
    if (detail === undefined || total === undefined) return detail
    for (let at = 0; at < total; at += 1) {
      const row = register.rowAt(at)
      if (row?.id === detail.id) return row
    }
    return detail
  }, [detail, register.rowAt, total])
  const reportButton = mayReport && (
    <Button icon={<FormOutlined aria-hidden="true" />} onClick={() => setReporting(true)}>
      {t('report.open')}
    </Button>
  )
  const isEmpty = total === 0 && !register.loading
  return (
    <div className="register-screen">
      <div className="register-head">
        <span className="figures muted" role="status">
          {total !== undefined && t('total', { count: total, rows: count.format(total) })}
        </span>
        <span className="register-tools">
          {reportButton}
          <RegisterColumnChooser
            shown={shown}
            onChange={(registerColumns) => changePreferences({ registerColumns })}
          />
          <RegisterExport filter={filter} />
        </span>
      </div>
      <RegisterFilterBar
        filter={filter}
        placeWords={placeWords}
        onChange={narrow}
        onClear={() => setSearch({}, { replace: true })}
      />
      <ErrorNotice error={register.error} onRetry={register.reload} />
      <div className="register-grid">
        {total === undefined && register.error === undefined && (
          <Skeleton active title={false} paragraph={{ rows: 10, width: '100%' }} />
        )}
        {isEmpty && (
          <EmptyState
            icon={<BookOutlined aria-hidden="true" />}
            title={t(isNarrowed(filter) ? 'none-fit.title' : 'empty.title')}
            text={t(isNarrowed(filter) ? 'none-fit.text' : 'empty.text')}
          >
            {isNarrowed(filter) && (
              <Button onClick={() => setSearch({}, { replace: true })}>{t('filter.clear')}</Button>
            )}
          </EmptyState>
        )}
        {total !== undefined && total > 0 && (
          <WindowedGrid
            key={address}
            label={t('title')}
            columns={columns}
            total={total}
            rowAt={register.rowAt}
            onVisible={register.onVisible}
            activeIndex={active}
            onActive={setActive}
            onOpen={open}
            sort={NO_SORT}
            onSort={nothing}
          />
        )}
      </div>
      <Drawer
        open={detailNow !== undefined}
        size={460}
        title={detailNow?.caseNumber}
        onClose={() => setDetail(undefined)}
        destroyOnHidden
      >
        {detailNow !== undefined && (
          <>
            <p>
              {t('no-checking')}{' '}
              <Link to={`/reconcile/${detailNow.caseId}/${detailNow.volumeId}`}>{t('to-checking')}</Link>
            </p>
            <DifferenceDetail
              key={detailNow.id}
              difference={detailNow}
              onChanged={register.reload}
              onNext={nothing}
            />
          </>
        )}
      </Drawer>
      {reporting && (
        <ReportDifference
          onClose={() => setReporting(false)}
          onReported={(row) => {
            setReporting(false)
            void message.success(t('report.done', { number: row.number }))
            register.reload()
          }}
        />
      )}
    </div>
  )
}
