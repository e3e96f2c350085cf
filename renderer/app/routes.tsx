import { lazy, Suspense, useEffect } from 'react'
import { Navigate, Route, Routes } from 'react-router'
import { CHANGE_PERMISSIONS } from '../../shared/domain/approval.ts'
import { CasesScreen } from '../screens/cases/cases-screen.tsx'
import { useMay, useMayAny } from '../state/session.ts'
import { NoAccess } from './no-access.tsx'
import { Starting } from './starting.tsx'

const loadCaseScreen = () => import('../screens/case/case-screen.tsx')
const CaseScreen = lazy(async () => ({ default: (await loadCaseScreen()).CaseScreen }))
const IntakeScreen = lazy(async () => ({
  default: (await import('../screens/intake/intake-screen.tsx')).IntakeScreen,
}))
const ApprovalsScreen = lazy(async () => ({
  default: (await import('../screens/approvals/approvals-screen.tsx')).ApprovalsScreen,
}))
const ManageScreen = lazy(async () => ({
  default: (await import('../screens/manage/manage-screen.tsx')).ManageScreen,
}))
const AuditScreen = lazy(async () => ({
  default: (await import('../screens/audit/audit-screen.tsx')).AuditScreen,
}))
const BackupScreen = lazy(async () => ({
  default: (await import('../screens/backup/backup-screen.tsx')).BackupScreen,
}))
const LoansScreen = lazy(async () => ({
  default: (await import('../screens/loans/loans-screen.tsx')).LoansScreen,
}))
const ReconcileScreen = lazy(async () => ({
  default: (await import('../screens/reconcile/reconcile-screen.tsx')).ReconcileScreen,
}))
const SearchScreen = lazy(async () => ({
  default: (await import('../screens/search/search-screen.tsx')).SearchScreen,
}))

/** Every place of the program; what the person may not use leads to an explanation. */
export function AppRoutes() {
  const mayReadCases = useMay('case.read')
  const mayAddPages = useMay('page.add')
  const mayApprove = useMayAny(CHANGE_PERMISSIONS)
  const mayManage = useMay('settings.read')
  const mayLoans = useMayAny(['loan.request', 'register.read'])
  const mayBackUp = useMay('backup.read')
  const mayAudit = useMay('audit.read')
  const mayReconcile = useMay('difference.read')
  useEffect(() => {
    if (!mayReadCases) return
    // Opening a case is what comes next; it should find its code already there.
    const idle = requestIdleCallback(() => {
      loadCaseScreen().catch((error: unknown) => console.warn('not fetched ahead', error))
    })
    return () => cancelIdleCallback(idle)
  }, [mayReadCases])
  const home = mayReadCases ? '/cases' : mayManage ? '/manage' : '/nothing'
  return (
    <Suspense fallback={<Starting />}>
      <Routes>
        <Route path="/" element={<Navigate to={home} replace />} />
        <Route path="/cases" element={mayReadCases ? <CasesScreen /> : <NoAccess />} />
        <Route path="/cases/:caseId" element={mayReadCases ? <CaseScreen /> : <NoAccess />} />
        <Route path="/search" element={mayReadCases ? <SearchScreen /> : <NoAccess />} />
        <Route path="/loans" element={mayLoans ? <LoansScreen /> : <NoAccess />} />
        <Route path="/reconcile/*" element={mayReconcile ? <ReconcileScreen /> : <NoAccess />} />
        <Route path="/intake" element={mayAddPages ? <IntakeScreen /> : <NoAccess />} />
        <Route path="/backup/*" element={mayBackUp ? <BackupScreen /> : <NoAccess />} />
        <Route path="/audit/*" element={mayAudit ? <AuditScreen /> : <NoAccess />} />
        <Route path="/approvals" element={mayApprove ? <ApprovalsScreen /> : <NoAccess />} />
        <Route path="/manage/*" element={mayManage ? <ManageScreen /> : <NoAccess />} />
        <Route path="*" element={<NoAccess />} />
      </Routes>
    </Suspense>
  )
}
