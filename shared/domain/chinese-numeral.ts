const DIGITS = '零一二三四五六七八九'
const DIGIT_VALUES = new Map<string, number>([
  ['〇', 0],
  ['○', 0],
  ['零', 0],
  ['一', 1],
  ['二', 2],
  ['两', 2],
  ['三', 3],
  ['四', 4],
  ['五', 5],
  ['六', 6],
  ['七', 7],
  ['八', 8],
  ['九', 9],
])
const LARGEST = 999

/** Writes 1–999 as a counting numeral: 10 → 十, 105 → 一百零五, 110 → 一百一十. Throws RangeError outside. */
export function printChineseNumeral(value: number): string {
  if (!Number.isInteger(value) || value < 1 || value > LARGEST) throw new RangeError('1 to 999 only')
  const hundreds = Math.floor(value / 100)
  const tens = Math.floor(value / 10) % 10
  const ones = value % 10
  const digit = (n: number): string => DIGITS.charAt(n)
  let text = hundreds > 0 ? `${digit(hundreds)}百` : ''
  if (tens > 0) text += tens === 1 && hundreds === 0 ? '十' : `${digit(tens)}十`
  else if (hundreds > 0 && ones > 0) text += '零'
  return ones > 0 ? text + digit(ones) : text
}

/** Reads a counting numeral of 1–999 (十二, 二十, 一百零五, 百二十); null for anything that counts nothing. */
export function readChineseNumeral(text: string): number | null {
  const match =
    /^(?:([一二两三四五六七八九])?(百))?零?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?$/.exec(
      text,
    )
  if (match === null || text === '') return null
  const value = (mark: string | undefined, unit: string | undefined): number =>
    unit === undefined ? 0 : mark === undefined ? 1 : (DIGIT_VALUES.get(mark) ?? 0)
  const ones = match[5] === undefined ? 0 : (DIGIT_VALUES.get(match[5]) ?? 0)
  const total = value(match[1], match[2]) * 100 + value(match[3], match[4]) * 10 + ones
  return total > 0 ? total : null
}

/** Reads digits written one by one (二〇二三, 二零二三) into ASCII digits; null when another character is in it. */
export function readChineseDigits(text: string): string | null {
  let digits = ''
  for (const mark of text) {
    const value = DIGIT_VALUES.get(mark)
    if (value === undefined) return null
    digits += String(value)
  }
  return digits === '' ? null : digits
}

/** Writes ASCII digits one by one: 2023 → 二〇二三. */
export function printChineseDigits(digits: string): string {
  return digits.replace(/[0-9]/g, (digit) => (digit === '0' ? '〇' : DIGITS.charAt(Number(digit))))
}
