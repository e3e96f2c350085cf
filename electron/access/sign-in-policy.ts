import { SignInPolicy } from '../../shared/contract/session.ts'

const SETTING = 'signInPolicy'

/** domain.md §7 (GB/T 22239-2019, 8.1.4.1): what holds until the system officer sets something else. */
const DEFAULT_SIGN_IN_POLICY: SignInPolicy = {
  passwordDays: 90,
  passwordHistory: 5,
  idleLockSeconds: 600,
}

/** The unit's settings, as far as they are needed here. */
interface Settings {
  readonly setting: (key: string) => string | undefined
  readonly putSetting: (key: string, value: string) => void
}

export function signInPolicy(settings: Pick<Settings, 'setting'>): SignInPolicy {
  const text = settings.setting(SETTING)
  if (text === undefined) return DEFAULT_SIGN_IN_POLICY
  return SignInPolicy.parse({ ...DEFAULT_SIGN_IN_POLICY, ...(JSON.parse(text) as object) })
}

export function setSignInPolicy(settings: Pick<Settings, 'putSetting'>, policy: SignInPolicy): void {
  settings.putSetting(SETTING, JSON.stringify(policy))
}
