import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LanguageSwitch } from './language-switch.tsx'

interface GateCardProps {
  readonly title: string
  readonly subtitle: string
  readonly wide?: boolean
  readonly children: ReactNode
}

/** The card in front of the vault: signing in and setting up. */
export function GateCard({ title, subtitle, wide = false, children }: GateCardProps) {
  const { t } = useTranslation('frame')
  return (
    <main className="gate">
      <section className={wide ? 'gate-card gate-card-wide' : 'gate-card'}>
        <header className="gate-head">
          <span className="gate-seal" aria-hidden="true">
            卷
          </span>
          <span className="gate-titles">
            <span className="gate-app">{t('app-name')}</span>
            <h1>{title}</h1>
            <span className="muted">{subtitle}</span>
          </span>
          <LanguageSwitch />
        </header>
        <div className="gate-body">{children}</div>
      </section>
    </main>
  )
}
