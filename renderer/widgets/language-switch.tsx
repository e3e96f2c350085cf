import { GlobalOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { usePreferences } from '../state/preferences.ts'

/** To the other language, named in that language. */
export function LanguageSwitch() {
  const { language, change } = usePreferences()
  const other = language === 'en' ? 'zh-CN' : 'en'
  return (
    <Button
      type="text"
      icon={<GlobalOutlined aria-hidden="true" />}
      lang={other}
      onClick={() => change({ language: other })}
    >
      {other === 'en' ? 'English' : '中文'}
    </Button>
  )
}
