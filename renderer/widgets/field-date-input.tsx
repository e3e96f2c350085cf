import { Input } from 'antd'
import type { RuleObject } from 'antd/es/form'
import type { FocusEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { parseFieldDate, printFieldDate } from '../../shared/domain/field-date.ts'

interface FieldDateInputProps {
  readonly id?: string
  readonly value?: string
  readonly onChange?: (text: string) => void
  readonly onBlur?: (event: FocusEvent<HTMLInputElement>) => void
}

/** A whole date in any form that staff type: 20230314, 2023.3.14, 二〇二三年三月十四日. Turns into ISO on leaving. */
export function FieldDateInput({ id, value = '', onChange, onBlur }: FieldDateInputProps) {
  const { t } = useTranslation()
  const iso = dayOf(value)
  return (
    <Input
      {...(id === undefined ? {} : { id })}
      className="figures"
      value={value}
      maxLength={40}
      placeholder={t('date.placeholder')}
      onChange={(event) => onChange?.(event.target.value)}
      onBlur={(event) => {
        if (iso !== null) onChange?.(iso)
        onBlur?.(event)
      }}
      suffix={<span className="muted">{iso !== null && iso !== value ? iso : ''}</span>}
      title={iso === null ? undefined : (printFieldDate(iso, 'numeric') ?? undefined)}
    />
  )
}

/** The ISO date that the text says; null when it says none, or only a year or a month. */
export function dayOf(text: string | undefined): string | null {
  const reading = parseFieldDate(text ?? '')
  return reading.ok && reading.precision === 'day' ? reading.iso : null
}

/** A rule for the form: empty, or a day that exists. */
export function useDayRule(): RuleObject {
  const { t } = useTranslation()
  return {
    validator: async (_rule, value: string | undefined) => {
      const reading = parseFieldDate(value ?? '')
      if (reading.ok && reading.precision !== 'day') throw new Error(t('date.day-needed'))
      if (!reading.ok && reading.reason !== 'empty') throw new Error(t(`date.${reading.reason}`))
    },
  }
}
