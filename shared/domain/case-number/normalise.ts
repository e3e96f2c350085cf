import { MODERN_PATTERN } from './patterns.ts'

const FULL_WIDTH = /[０-９Ａ-Ｚａ-ｚ]/g
const FULL_WIDTH_OFFSET = 0xfee0
/** White space of any width, and characters that take no room at all. */
const BLANKS = /[\s\p{Cc}\p{Cf}]|\p{Variation_Selector}|\u034f/gu
const OPENING = '(（\\[［【〔〖「『{｛<＜《〈❲﹝﹙〘'
const CLOSING = ')）\\]］】〕〗」』}｝>＞》〉❳﹞﹚〙'
const BRACKETED_YEAR = new RegExp(`[${OPENING}]((?:19|20)\\d{2})[${CLOSING}]`)
const DASHES = /[-‐‑‒–—―−﹣－﹘⁃~～〜∼]+/g
const LEADING_ZEROS = /(?<!\d)0+(?=\d)/g

/**
 * The written form of a number that two people typing the same thing agree on. In this order: NFC (not NFKC,
 * which would turn （ into an ASCII bracket); full-width digits and letters to ASCII; every blank deleted; the
 * brackets round the year to （） when the year leads, as courts write, and to 〔〕 when it follows the body, as
 * procuratorates write; dashes, ~ and 至 between numbers to -; a comma between numbers to 、; 號 to 号; leading
 * zeros off, in the modern form only. Nothing is guessed here: repairs of misread characters are suggestions.
 */
export function normaliseCaseNumber(raw: string): string {
  const text = raw
    .normalize('NFC')
    .replace(FULL_WIDTH, (mark) => String.fromCharCode(mark.charCodeAt(0) - FULL_WIDTH_OFFSET))
    .replace(BLANKS, '')
    .normalize('NFC')
    .replace(BRACKETED_YEAR, (_whole, year: string, at: number) => (at === 0 ? `（${year}）` : `〔${year}〕`))
    .replace(DASHES, '-')
    .replace(/(?<=\d)至(?=\d)/g, '-')
    .replace(/(?<=\d)[,，､](?=\d)/g, '、')
    .replaceAll('號', '号')
  return stripModernZeros(text)
}

function stripModernZeros(text: string): string {
  const groups = MODERN_PATTERN.exec(text)?.groups
  if (groups === undefined) return text
  const head = `（${groups.year}）${groups.court}${groups.special ?? ''}${groups.type}`
  return head + text.slice(head.length).replace(LEADING_ZEROS, '')
}
