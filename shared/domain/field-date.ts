import {
  printChineseDigits,
  printChineseNumeral,
  readChineseDigits,
  readChineseNumeral,
} from './chinese-numeral.ts'

/** A date as far as it is known: a document may be dated with its year, or year and month, alone. */
export type DatePrecision = 'year' | 'month' | 'day'

export type FieldDateReading =
  | { readonly ok: true; readonly iso: string; readonly precision: DatePrecision }
  | { readonly ok: false; readonly reason: 'empty' | 'unrecognised' | 'no-such-day' }

/** iso 2023-03-14 · compact 20230314 · dotted 2023.3.14 · numeric 2023年3月14日 · formal 二〇二三年三月十四日 */
export type DateStyle = 'iso' | 'compact' | 'dotted' | 'numeric' | 'formal'

const FULL_WIDTH = /[０-９．／－]/g
const DIGITAL = [
  /^(\d{4})$/,
  /^(\d{4})(\d{2})$/,
  /^(\d{4})(\d{2})(\d{2})$/,
  /^(\d{4})([-./])(\d{1,2})(?:\2(\d{1,2}))?$/,
  /^(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})[日号]?)?)?$/,
] as const
const HAN =
  /^([〇○零一二三四五六七八九]{4})年(?:([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})[日号]?)?)?$/
const FIRST_YEAR = 1000
const LAST_YEAR = 2999

/** Reads a date as staff type it; the year is always written with four digits, and the day must exist. */
export function parseFieldDate(raw: string): FieldDateReading {
  const text = raw
    .normalize('NFC')
    .replace(FULL_WIDTH, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0))
    .replace(/[\s\p{Cf}]/gu, '')
    .replace(/[‐‑‒–—―−]/g, '-')
    .replaceAll('。', '.')
    .replaceAll('廿', '二十')
    .replaceAll('卅', '三十')
    .replaceAll('號', '号')
  if (text === '') return { ok: false, reason: 'empty' }
  const parts = digitalParts(text) ?? hanParts(text)
  if (parts === null) return { ok: false, reason: 'unrecognised' }
  return exists(parts) ? { ok: true, ...isoOf(parts) } : { ok: false, reason: 'no-such-day' }
}

interface DateParts {
  readonly year: number
  readonly month: number | null
  readonly day: number | null
}

function digitalParts(text: string): DateParts | null {
  for (const pattern of DIGITAL) {
    const match = pattern.exec(text)
    if (match === null) continue
    const numbers = match.slice(1).filter((part) => part !== undefined && /^\d+$/.test(part))
    const [year, month, day] = numbers.map(Number)
    return { year: year ?? 0, month: month ?? null, day: day ?? null }
  }
  return null
}

function hanParts(text: string): DateParts | null {
  const match = HAN.exec(text)
  if (match === null) return null
  const year = readChineseDigits(match[1] ?? '')
  if (year === null) return null
  // a numeral that counts nothing (二三月) becomes 0, which is no month and no day
  const count = (numeral: string | undefined): number | null =>
    numeral === undefined ? null : (readChineseNumeral(numeral) ?? 0)
  return { year: Number(year), month: count(match[2]), day: count(match[3]) }
}

function exists({ year, month, day }: DateParts): boolean {
  if (year < FIRST_YEAR || year > LAST_YEAR) return false
  if (month === null) return true
  if (month < 1 || month > 12) return false
  return day === null || (day >= 1 && day <= daysInMonth(year, month))
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 400 === 0 || (year % 4 === 0 && year % 100 !== 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

function isoOf({ year, month, day }: DateParts): { iso: string; precision: DatePrecision } {
  const two = (value: number): string => String(value).padStart(2, '0')
  if (month === null) return { iso: String(year), precision: 'year' }
  if (day === null) return { iso: `${year}-${two(month)}`, precision: 'month' }
  return { iso: `${year}-${two(month)}-${two(day)}`, precision: 'day' }
}

/** Prints an ISO date, whole or partial, in a style; null when it is no date. Every style reads back as the same date. */
export function printFieldDate(iso: string, style: DateStyle): string | null {
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(iso)
  if (match === null) return null
  const parts = {
    year: Number(match[1]),
    month: match[2] === undefined ? null : Number(match[2]),
    day: match[3] === undefined ? null : Number(match[3]),
  }
  if (!exists(parts)) return null
  const { year, month, day } = parts
  switch (style) {
    case 'iso':
      return iso
    case 'compact':
      return iso.replaceAll('-', '')
    case 'dotted':
      return [year, month, day].filter((part) => part !== null).join('.')
    case 'numeric':
      return `${year}年${month === null ? '' : `${month}月`}${day === null ? '' : `${day}日`}`
    case 'formal': {
      const han = (value: number | null, unit: string): string =>
        value === null ? '' : printChineseNumeral(value) + unit
      return `${printChineseDigits(String(year))}年${han(month, '月')}${han(day, '日')}`
    }
  }
}
