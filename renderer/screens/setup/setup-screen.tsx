import { Steps } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../shared/contract/index.ts'
import { call } from '../../app/client.ts'
import { enterSession } from '../../app/wiring.ts'
import { useSession } from '../../state/session.ts'
import { GateCard } from '../../widgets/gate-card.tsx'
import { AccountStep } from './account-step.tsx'
import { ConfirmStep } from './confirm-step.tsx'
import { DoneStep } from './done-step.tsx'
import { FolderStep } from './folder-step.tsx'
import { SharesStep } from './shares-step.tsx'
import { UnitStep } from './unit-step.tsx'

type Share = OutputOf<'vault.create'>['shares'][number]

const STEPS = ['folder', 'unit', 'account', 'shares', 'confirm', 'done'] as const
type Step = (typeof STEPS)[number]

/** First run: from nothing to a vault whose recovery key is on paper. */
export function SetupScreen() {
  const { t } = useTranslation('setup')
  const shell = useSession((store) => store.shell)
  const setVaultFolder = useSession((store) => store.setVaultFolder)
  const signedOut = useSession((store) => store.signedOut)
  const [step, setStep] = useState<Step>('folder')
  const [folder, setFolder] = useState(shell?.defaultVaultFolder ?? '')
  const [unitName, setUnitName] = useState('')
  const [smallUnit, setSmallUnit] = useState(false)
  // The shares live here while the wizard shows them and nowhere else on this side.
  const [shares, setShares] = useState<readonly Share[]>([])

  const toSignIn = (vaultFolder: string) => {
    setVaultFolder(vaultFolder)
    signedOut(null)
  }
  const enter = async () => {
    const state = await call('session.state', {})
    if (state.state === 'signed-in') await enterSession(state.session)
    else signedOut('session-ended')
  }
  const body = {
    folder: (
      <FolderStep
        folder={folder}
        onNext={(chosen) => {
          setFolder(chosen)
          setStep('unit')
        }}
        onSignIn={toSignIn}
      />
    ),
    unit: (
      <UnitStep
        unitName={unitName}
        smallUnit={smallUnit}
        onBack={() => setStep('folder')}
        onNext={(name, small) => {
          setUnitName(name)
          setSmallUnit(small)
          setStep('account')
        }}
      />
    ),
    account: (
      <AccountStep
        folder={folder}
        unitName={unitName}
        smallUnit={smallUnit}
        onBack={() => setStep('unit')}
        onCreated={(created) => {
          setVaultFolder(folder)
          setShares(created)
          setStep('shares')
        }}
      />
    ),
    shares: <SharesStep shares={shares} unitName={unitName} onNext={() => setStep('confirm')} />,
    confirm: (
      <ConfirmStep
        onBack={() => setStep('shares')}
        onConfirmed={() => {
          setShares([])
          setStep('done')
        }}
      />
    ),
    done: <DoneStep unitName={unitName} onEnter={enter} />,
  } satisfies Record<Step, unknown>

  return (
    <GateCard wide title={t('title')} subtitle={t('subtitle')}>
      <Steps
        className="setup-steps"
        size="small"
        current={STEPS.indexOf(step)}
        titlePlacement="vertical"
        items={STEPS.map((name) => ({ title: t(`steps.${name}`) }))}
      />
      <div className="setup-body" key={step}>
        {body[step]}
      </div>
    </GateCard>
  )
}
