import { App as AntApp, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { useEffect, useState } from 'react'
import type { AppError } from '../../shared/errors.ts'
import { SetupScreen } from '../screens/setup/setup-screen.tsx'
import { SignInScreen } from '../screens/sign-in/sign-in-screen.tsx'
import { usePreferences } from '../state/preferences.ts'
import { useSession } from '../state/session.ts'
import { ErrorNotice } from '../widgets/error-notice.tsx'
import { asAppError } from './client.ts'
import { CoreStopped } from './core-stopped.tsx'
import { Frame } from './frame.tsx'
import { LockScreen } from './lock-screen.tsx'
import { Starting } from './starting.tsx'
import { useTheme } from './theme.ts'
import { startSession } from './wiring.ts'

let started: Promise<void> | undefined

function Inside() {
  const phase = useSession((store) => store.phase)
  const [failure, setFailure] = useState<AppError>()
  useEffect(() => {
    started ??= startSession()
    started.catch((thrown: unknown) => setFailure(asAppError(thrown)))
  }, [])
  if (failure !== undefined) {
    return (
      <main className="gate">
        <ErrorNotice
          error={failure}
          onRetry={() => {
            window.location.reload()
          }}
        />
      </main>
    )
  }
  switch (phase.name) {
    case 'starting':
      return <Starting />
    case 'setup':
      return <SetupScreen />
    case 'signed-out':
      return <SignInScreen reason={phase.reason} />
    case 'core-stopped':
      return <CoreStopped />
    case 'signed-in':
    case 'locked':
      return (
        <>
          {phase.session !== null && <Frame key={phase.session.signedInAt} session={phase.session} />}
          {phase.name === 'locked' && <LockScreen who={phase.who} />}
        </>
      )
  }
}

/** Theme, language and session round the whole window. */
export function App() {
  const language = usePreferences((preferences) => preferences.language)
  const theme = useTheme()
  return (
    <ConfigProvider
      locale={language === 'en' ? enUS : zhCN}
      theme={theme}
      componentSize="small"
      button={{ autoInsertSpace: false }}
    >
      <AntApp className="app">
        <Inside />
      </AntApp>
    </ConfigProvider>
  )
}
