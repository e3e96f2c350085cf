import {
  DownOutlined,
  KeyOutlined,
  LockOutlined,
  LogoutOutlined,
  SafetyOutlined,
  SwapOutlined,
  UserOutlined,
} from '@ant-design/icons'
import { App, Button, Dropdown, type MenuProps } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { THEMES, type Theme, usePreferences } from '../state/preferences.ts'
import { type SignedIn, useMay } from '../state/session.ts'
import { commandKey } from '../widgets/key-hint.tsx'
import { ChangePassword } from './change-password.tsx'
import { asAppError } from './client.ts'
import { errorWords } from './error-words.ts'
import { LANGUAGES, type Language } from './i18n.ts'
import { signOut } from './leaving-backup.tsx'
import { lockDesk } from './lock.ts'
import { SecondFactor } from './second-factor.tsx'

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { 'zh-CN': '中文', en: 'English' }

interface UserMenuProps {
  readonly session: SignedIn
}

/** Who is at the desk: language, look, password, sign out. */
export function UserMenu({ session }: UserMenuProps) {
  const { t } = useTranslation('frame')
  const { message } = App.useApp()
  const { language, theme, change } = usePreferences()
  const mayBackUp = useMay('backup.run')
  const [changing, setChanging] = useState(false)
  const [proving, setProving] = useState(false)
  const name = session.displayName || session.accountName
  const roles = session.roles.map((role) => t(`common:role.${role}`)).join(t('common:list-comma'))

  const leave = async () => {
    try {
      await signOut(mayBackUp)
    } catch (thrown) {
      void message.error(errorWords(t, asAppError(thrown)).title)
    }
  }
  const lock = async () => {
    try {
      await lockDesk()
    } catch (thrown) {
      void message.error(errorWords(t, asAppError(thrown)).title)
    }
  }
  const mark = (chosen: boolean) => (chosen ? '✓ ' : '\u2003')
  const items: MenuProps['items'] = [
    { key: 'who', type: 'group', label: `${session.accountName} · ${roles}` },
    {
      key: 'language',
      type: 'group',
      label: t('user.language'),
      children: LANGUAGES.map((key) => ({
        key: `language:${key}`,
        label: mark(key === language) + LANGUAGE_NAMES[key],
      })),
    },
    {
      key: 'theme',
      type: 'group',
      label: t('user.theme'),
      children: THEMES.map((key) => ({
        key: `theme:${key}`,
        label: mark(key === theme) + t(`user.themes.${key}`),
      })),
    },
    { type: 'divider' },
    { key: 'password', icon: <KeyOutlined aria-hidden="true" />, label: t('user.change-password') },
    {
      key: 'second-factor',
      icon: <SafetyOutlined aria-hidden="true" />,
      label: t('user.second-factor'),
    },
    { type: 'divider' },
    {
      key: 'lock',
      icon: <LockOutlined aria-hidden="true" />,
      label: t('user.lock'),
      extra: `${commandKey}L`,
    },
    { key: 'switch-user', icon: <SwapOutlined aria-hidden="true" />, label: t('user.switch-user') },
    { key: 'sign-out', icon: <LogoutOutlined aria-hidden="true" />, label: t('user.sign-out') },
  ]
  const choose: MenuProps['onClick'] = ({ key }) => {
    const [what, value] = key.split(':')
    if (what === 'language') change({ language: value as Language })
    else if (what === 'theme') change({ theme: value as Theme })
    else if (what === 'password') setChanging(true)
    else if (what === 'second-factor') setProving(true)
    else if (what === 'lock') lock().catch(() => undefined)
    else if (what === 'sign-out' || what === 'switch-user') leave().catch(() => undefined)
  }
  return (
    <>
      <Dropdown menu={{ items, onClick: choose }} trigger={['click']} placement="bottomRight">
        <Button
          type="text"
          className="top-bar-button"
          icon={<UserOutlined aria-hidden="true" />}
          aria-haspopup="menu"
        >
          {name}
          <DownOutlined aria-hidden="true" className="top-bar-chevron" />
        </Button>
      </Dropdown>
      {proving && <SecondFactor session={session} onClose={() => setProving(false)} />}
      {changing && <ChangePassword session={session} onClose={() => setChanging(false)} />}
    </>
  )
}
