import {
  AuditOutlined,
  BookOutlined,
  DiffOutlined,
  FolderOpenOutlined,
  HddOutlined,
  ScanOutlined,
  SearchOutlined,
  SettingOutlined,
  SolutionOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { HashRouter, NavLink } from 'react-router'
import { CHANGE_PERMISSIONS } from '../../shared/domain/approval.ts'
import type { Permission } from '../../shared/domain/permission.ts'
import { JobsDrawer } from '../screens/jobs/jobs-drawer.tsx'
import { type SignedIn, useSession } from '../state/session.ts'
import { ApprovalsWaiting } from './approvals-waiting.tsx'
import { BackupAge } from './backup-age.tsx'
import { BackupFailure } from './backup-failure.tsx'
import { BackupOffer } from './backup-offer.tsx'
import { call } from './client.ts'
import { CommandPalette } from './command-palette.tsx'
import { JobsButton } from './jobs-button.tsx'
import { LeavingBackup } from './leaving-backup.tsx'
import { useLocking } from './lock.ts'
import { ReadingProgress } from './reading-progress.tsx'
import { ReconcileWaiting } from './reconcile-waiting.tsx'
import { RecoveryWarning } from './recovery-warning.tsx'
import { AppRoutes } from './routes.tsx'
import { SmallUnitWarning } from './small-unit-warning.tsx'
import { UserMenu } from './user-menu.tsx'

interface RailEntry {
  readonly to: string
  readonly label: string
  readonly icon: ReactNode
  /** Any one of them. */
  readonly needs: Permission | readonly Permission[]
  readonly count?: ReactNode
}

const RAIL: readonly RailEntry[] = [
  { to: '/cases', label: 'rail.cases', icon: <FolderOpenOutlined aria-hidden="true" />, needs: 'case.read' },
  { to: '/search', label: 'rail.search', icon: <SearchOutlined aria-hidden="true" />, needs: 'case.read' },
  {
    to: '/reconcile',
    label: 'rail.reconcile',
    icon: <DiffOutlined aria-hidden="true" />,
    needs: 'difference.read',
    count: <ReconcileWaiting />,
  },
  {
    to: '/loans',
    label: 'rail.loans',
    icon: <BookOutlined aria-hidden="true" />,
    needs: ['loan.request', 'register.read'],
  },
  { to: '/intake', label: 'rail.intake', icon: <ScanOutlined aria-hidden="true" />, needs: 'page.add' },
  {
    to: '/approvals',
    label: 'rail.approvals',
    icon: <SolutionOutlined aria-hidden="true" />,
    needs: CHANGE_PERMISSIONS,
    count: <ApprovalsWaiting />,
  },
  { to: '/backup', label: 'rail.backup', icon: <HddOutlined aria-hidden="true" />, needs: 'backup.read' },
  { to: '/audit', label: 'rail.audit', icon: <AuditOutlined aria-hidden="true" />, needs: 'audit.read' },
  {
    to: '/manage',
    label: 'rail.manage',
    icon: <SettingOutlined aria-hidden="true" />,
    needs: 'settings.read',
  },
]

interface FrameProps {
  readonly session: SignedIn
}

/** The desk: top bar, rail and the screen between them. */
export function Frame({ session }: FrameProps) {
  const { t } = useTranslation('frame')
  const title = `${t('app-name')} · ${session.unitName}`
  const locked = useSession((store) => store.phase.name === 'locked')
  useEffect(() => {
    // While the desk is covered its title is the cover's.
    if (locked) return
    document.title = title
    call('shell.setTitle', { title }).catch((error: unknown) => console.warn('title not set', error))
  }, [title, locked])
  useLocking()
  return (
    <HashRouter>
      <div className="frame">
        <button type="button" className="skip-link" onClick={focusScreen}>
          {t('skip-to-screen')}
        </button>
        <header className="top-bar">
          <span className="top-bar-name">
            <strong>{t('app-name')}</strong>
            <span className="top-bar-unit">{session.unitName}</span>
          </span>
          <CommandPalette permissions={session.permissions} />
          <span className="top-bar-end">
            {session.smallUnit && <SmallUnitWarning />}
            {session.recoveryConfirmed ? null : <RecoveryWarning />}
            <ReadingProgress />
            <JobsButton />
            <BackupAge />
            <UserMenu session={session} />
          </span>
        </header>
        <nav className="rail" aria-label={t('rail.label')}>
          {RAIL.filter(({ needs }) =>
            (typeof needs === 'string' ? [needs] : needs).some((one) => session.permissions.includes(one)),
          ).map(({ to, label, icon, count }) => (
            <NavLink key={to} to={to} className="rail-entry">
              <span aria-hidden="true">{icon}</span>
              {t(label)}
              {count}
            </NavLink>
          ))}
        </nav>
        <main className="screen" id="screen" tabIndex={-1}>
          <AppRoutes />
        </main>
      </div>
      <JobsDrawer />
      <BackupOffer />
      <BackupFailure />
      <LeavingBackup />
    </HashRouter>
  )
}

function focusScreen(): void {
  document.getElementById('screen')?.focus()
}
