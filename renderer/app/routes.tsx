import { lazy, Suspense, useEffect } from 'react'
import { Navigate, Route, Routes } from 'react-router'
import { CasesScreen } from '../screens/cases/cases-screen.tsx'
import { useMay } from '../state/session.ts'
import { NoAccess } from './no-access.tsx'
import { Starting } from './starting.tsx'

const loadCaseScreen = () => import('../screens/case/case-screen.tsx')
const CaseScreen = lazy(async () => ({ default: (await loadCaseScreen()).CaseScreen }))
const IntakeScreen = lazy(async () => ({
  default: (await import('../screens/intake/intake-screen.tsx')).IntakeScreen,
}))
const ManageScreen = lazy(async () => ({
  default: (await import('../screens/manage/manage-screen.tsx')).ManageScreen,
}))

/** Every place of the program; what the person may not use leads to an explanation. */
export function AppRoutes() {
  const mayReadCases = useMay('case.read')
  const mayAddPages = useMay('page.add')
  const mayManage = useMay('settings.read')
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
        <Route path="/intake" element={mayAddPages ? <IntakeScreen /> : <NoAccess />} />
        <Route path="/manage/*" element={mayManage ? <ManageScreen /> : <NoAccess />} />
        <Route path="*" element={<NoAccess />} />
      </Routes>
    </Suspense>
  )
}
