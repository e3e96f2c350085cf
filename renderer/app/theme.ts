import { type ThemeConfig, theme } from 'antd'
import { useEffect, useState } from 'react'
import { usePreferences } from '../state/preferences.ts'

const TEAL = '#0f5e66'
const TEAL_AT_NIGHT = '#3fa3a8'

const FONTS =
  '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC","Noto Sans SC",system-ui,sans-serif'

function themeFor(dark: boolean): ThemeConfig {
  return {
    cssVar: { key: 'juanku' },
    algorithm: dark ? [theme.darkAlgorithm, theme.compactAlgorithm] : theme.compactAlgorithm,
    token: {
      colorPrimary: dark ? TEAL_AT_NIGHT : TEAL,
      colorInfo: dark ? TEAL_AT_NIGHT : TEAL,
      colorLink: dark ? '#5cc0c4' : '#0b6a73',
      colorLinkHover: dark ? '#8ad6d9' : '#084f56',
      colorSuccess: dark ? '#5fae6b' : '#2c7a3c',
      colorWarning: dark ? '#d8a046' : '#9a5b00',
      colorError: dark ? '#ee6a5f' : '#b3261e',
      ...(dark
        ? { colorBgBase: '#12191b', colorTextPlaceholder: '#93a4a8', colorTextDescription: '#a3b3b6' }
        : {
            colorPrimaryBg: '#dcebeb',
            colorPrimaryBgHover: '#cfe3e3',
            controlItemBgActive: '#dcebeb',
            colorSuccessBg: '#eaf4ec',
            colorSuccessBorder: '#a9cdb0',
            colorWarningBg: '#fcf4e3',
            colorWarningBorder: '#e3c88f',
            colorErrorBg: '#fbecea',
            colorErrorBorder: '#e3b1ac',
            colorInfoBg: '#e8f2f3',
            colorInfoBorder: '#a5c8cb',
            colorTextBase: '#16262a',
            colorBgLayout: '#eef2f2',
            colorBorder: '#b9c6c8',
            colorTextSecondary: '#4a5b5f',
            colorTextTertiary: '#5a6b6f',
            colorTextDescription: '#526367',
            colorTextPlaceholder: '#66777b',
          }),
      borderRadius: 4,
      fontSize: 16,
      controlHeightSM: 26,
      fontFamily: FONTS,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
    },
    components: {
      ...(dark ? { Button: { primaryColor: '#08181a' }, Tabs: { itemSelectedColor: '#5cc0c4' } } : {}),
      Form: { itemMarginBottom: 12, verticalLabelPadding: '0 0 2px' },
    },
  }
}

function useSystemDark(): boolean {
  const [dark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches)
  useEffect(() => {
    const media = matchMedia('(prefers-color-scheme: dark)')
    const follow = () => setDark(media.matches)
    media.addEventListener('change', follow)
    return () => media.removeEventListener('change', follow)
  }, [])
  return dark
}

/** The look that the person chose, or the one of the system. */
export function useTheme(): ThemeConfig {
  const chosen = usePreferences((preferences) => preferences.theme)
  const systemDark = useSystemDark()
  const dark = chosen === 'system' ? systemDark : chosen === 'dark'
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? 'dark' : 'light'
  }, [dark])
  return themeFor(dark)
}
