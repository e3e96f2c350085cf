import { printChineseNumeral, readChineseNumeral } from '../chinese-numeral.ts'
import type { FurtherNumber, LegacyCaseNumber, ModernCaseNumber } from './fields.ts'
import { LEGACY_PATTERN, MODERN_PATTERN } from './patterns.ts'
import type { NumberScheme } from './scheme.ts'

function readFurther(text: string | undefined): readonly FurtherNumber[] {
  return [...(text ?? '').matchAll(/([、-])(\d+)/g)].map((match) => ({
    join: match[1] === '-' ? '-' : '、',
    number: match[2] ?? '',
  }))
}

export function printNumbers(number: string, more: readonly FurtherNumber[]): string {
  return number + more.map((further) => further.join + further.number).join('')
}

export function printSub(sub: number | null): string {
  return sub === null ? '' : `之${printChineseNumeral(sub)}`
}

/** undefined when an ending is there but is no numeral (之一一). */
function readSub(text: string | undefined): number | null | undefined {
  if (text === undefined) return null
  return readChineseNumeral(text) ?? undefined
}

export const MODERN_SCHEME: NumberScheme<ModernCaseNumber> = {
  id: 'court',
  label: { zh: '法院案号', en: 'Court case number' },
  pattern: MODERN_PATTERN,
  template: '（{year}）{court}{special}{type}{numbers}号{sub}',
  // 刑核 numbers are eight random digits, so a gap between two means nothing
  gapsAlarm: (fields) => fields.type !== '刑核',
  read(groups) {
    const sub = readSub(groups.sub)
    if (sub === undefined) return null
    return {
      scheme: 'court',
      year: Number(groups.year),
      court: groups.court ?? '',
      special: groups.special ?? null,
      type: groups.type ?? '',
      number: groups.number ?? '',
      more: readFurther(groups.more),
      sub,
    }
  },
  values: (fields) => ({
    year: String(fields.year),
    court: fields.court,
    special: fields.special ?? '',
    type: fields.type,
    numbers: printNumbers(fields.number, fields.more),
    sub: printSub(fields.sub),
  }),
}

export const LEGACY_SCHEME: NumberScheme<LegacyCaseNumber> = {
  id: 'court-legacy',
  label: { zh: '旧式法院案号', en: 'Court case number before 2016' },
  pattern: LEGACY_PATTERN,
  template: '（{year}）{body}字第{numbers}号{sub}',
  gapsAlarm: () => true,
  read(groups) {
    const sub = readSub(groups.sub)
    if (sub === undefined) return null
    return {
      scheme: 'court-legacy',
      year: Number(groups.year),
      body: groups.body ?? '',
      number: groups.number ?? '',
      more: readFurther(groups.more),
      sub,
    }
  },
  values: (fields) => ({
    year: String(fields.year),
    body: fields.body,
    numbers: printNumbers(fields.number, fields.more),
    sub: printSub(fields.sub),
  }),
}
