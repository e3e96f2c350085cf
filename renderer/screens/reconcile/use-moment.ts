import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** Day and minute of a time, in the language of the screen. */
export function useMoment(): (iso: string) => string {
  const { i18n } = useTranslation()
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(i18n.language, {
      ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
      hourCycle: 'h23',
    })
    return (iso) => format.format(new Date(iso))
  }, [i18n.language])
}
