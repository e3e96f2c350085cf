import { FolderOpenOutlined, ScanOutlined, SettingOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { HashRouter, NavLink } from 'react-router'
import type { Permission } from '../../shared/domain/permission.ts'
import { JobsDrawer } from '../screens/jobs/jobs-drawer.tsx'
import type { SignedIn } from '../state/session.ts'
import { call } from './client.ts'
import { CommandPalette } from './command-palette.tsx'
import { JobsButton } from './jobs-button.tsx'
import { RecoveryWarning } from './recovery-warning.tsx'
import { AppRoutes } from './routes.tsx'
import { UserMenu } from './user-menu.tsx'

interface RailEntry {
  readonly to: string
  readonly label: string
  readonly icon: ReactNode
  readonly needs: Permission
}

const RAIL: readonly RailEntry[] = [
  { to: '/cases', label: 'rail.cases', icon: <FolderOpenOutlined aria-hidden="true" />, needs: 'case.read' },
  { to: '/intake', label: 'rail.intake', icon: <ScanOutlined aria-hidden="true" />, needs: 'page.add' },
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
  useEffect(() => {
    document.title = title
    call('shell.setTitle', { title }).catch((error: unknown) => console.warn('title not set', error))
  }, [title])
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
            {session.recoveryConfirmed ? null : <RecoveryWarning />}
            <JobsButton />
            <UserMenu session={session} />
          </span>
        </header>
        <nav className="rail" aria-label={t('rail.label')}>
          {RAIL.filter(({ needs }) => session.permissions.includes(needs)).map(({ to, label, icon }) => (
            <NavLink key={to} to={to} className="rail-entry">
              <span aria-hidden="true">{icon}</span>
              {t(label)}
            </NavLink>
          ))}
        </nav>
        <main className="screen" id="screen" tabIndex={-1}>
          <AppRoutes />
        </main>
      </div>
      <JobsDrawer />
    </HashRouter>
  )
}

function focusScreen(): void {
  document.getElementById('screen')?.focus()
}
