import { readChineseDigits, readChineseNumeral } from '../chinese-numeral.ts'
import { parseFieldDate } from '../field-date.ts'

/** What two hands write differently and mean alike: width, blanks, brackets, marks, numerals (一 for 1). */

const NUMERALS = /[〇○零一二三四五六七八九十百两]+/gu

/** Chinese numerals in a text to Arabic ones: 第十二次 → 第12次, 二〇二三年 → 2023年. */
export function withArabicNumerals(text: string): string {
  return text.replace(NUMERALS, (run) => readChineseNumeral(run)?.toString() ?? readChineseDigits(run) ?? run)
}

const plain = (text: string): string => withArabicNumerals(text.normalize('NFKC').replace(/[\s\p{Cf}]/gu, ''))

/** Letters and figures of a title; what parts two figures (1、2) stays as a mark. */
export function titleForm(title: string): string {
  return plain(title)
    .toLowerCase()
    .replace(/(?<=\d)[^\p{L}\p{N}]+(?=\d)/gu, '-')
    .replace(/(?<!\d)-|-(?!\d)|[^\p{L}\p{N}-]/gu, '')
}

/** 文号: one kind of bracket, no 第 before the number, no zeros in front of it. */
export function documentNumberForm(number: string): string {
  return plain(number)
    .toUpperCase()
    .replace(/[[【〔{<《]/gu, '(')
    .replace(/[\]】〕}>》]/gu, ')')
    .replaceAll('第', '')
    .replace(/(?<!\d)0+(?=\d)/gu, '')
}

/** Names in any order and parted by any mark. */
export function sameNames(a: string, b: string): boolean {
  const names = (text: string) =>
    text
      .normalize('NFKC')
      .split(/[、,;/|\n]+/u)
      .map((name) => name.replace(/[\s\p{P}]/gu, ''))
      .filter((name) => name !== '')
      .sort()
      .join('|')
  const run = (text: string) => text.normalize('NFKC').replace(/[\s\p{P}]/gu, '')
  return names(a) === names(b) || run(a) === run(b)
}

/** Whether a date written on paper is kept: the electronic one says the same, or the same and more. */
export function dateIsKept(paper: string, electronic: string): boolean {
  const written = parseFieldDate(paper)
  const kept = parseFieldDate(electronic)
  if (written.ok && kept.ok) return kept.iso === written.iso || kept.iso.startsWith(`${written.iso}-`)
  return plain(paper) === plain(electronic)
}

/** Texts that are the same but for width, blanks, marks and numerals. */
export function sameWords(a: string, b: string): boolean {
  const form = (text: string) => plain(text).toLowerCase().replace(/\p{P}/gu, '')
  return form(a) === form(b)
}
