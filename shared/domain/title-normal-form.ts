/** Titles as they are written on scans and files, brought to forms that can be compared. */

const FILE_ENDING = /\.(?:pdf|ofd|docx?|wps|xlsx?|et|txt|rtf|jpe?g|png|tiff?|bmp|zip)$/iu
const CASE_NUMBER =
  /[([〔【]\s*\d{4}\s*[)\]〕】][^()[\]〔〕【】\s,、。;]{0,24}?\d+(?:-\d+|之[一二三四五六七八九十\d]+)?号/gu
const DATE =
  /(?:19|20)\d{2}(?:年(?:\d{1,2}月(?:\d{1,2}[日号])?)?|[-./]\d{1,2}(?:[-./]\d{1,2})?|\d{4}(?!\d))/gu
/** 某某诉某某…纠纷一案的: who sues whom says nothing about the kind of document. */
const DISPUTE =
  /\p{Script=Han}{2,3}(?<![起上反撤自公申])诉(?![状讼])\p{Script=Han}{2,50}?(?:纠纷一案|一案|纠纷)的?/gu
const BRACKETED = /[([〔【][^()[\]〔〕【】]*[)\]〕】]/gu
const LEADING_ORDINAL = /^(?:第?[\d一二三四五六七八九十百]+[\s、._\-—:,)]+|\d+(?=\p{Script=Han}))+/u
const LEADING_WORDS = /^(?:关于|有关|针对|对于|(?:共同)?(?:原告|被告)(?:人)?(?:提交|提供|提出)的?)/u
const TRAILING = [
  /(?:共|计)?[\d一二三四五六七八九十两]+(?:份|页|张|件|册|本|套|枚|组|号)$/u,
  /(?:之|第)[\d一二三四五六七八九十]+(?:次|份|页|册|部分)?$/u,
  /(?:复印件|影印件|扫描件|打印件|原件|副本|抄件|存根|截图|彩印)$/u,
  /\d+$/u,
]
const COURT = /^\p{Script=Han}{2,20}?(?:人民法院|人民检察院)/u
const JOINED = /[、,/;&+]|以及|及其|及|和(?!解)|与/u

/** Letters and digits only, one width, lower case. */
export function plainTitle(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** 书 and 状, 缴 and 交 are written for one another, and a closing 书 is often left out. */
export function foldedTitle(plain: string): string {
  return plain
    .replaceAll('状', '书')
    .replaceAll('缴', '交')
    .replace(/(?<=.{2})书$/u, '')
}

export interface TitleForms {
  /** The whole title, only tidied. */
  readonly plain: string
  /** Without numbers, dates, copies, remarks in brackets, and the court or parties in front. */
  readonly core: string
  /** Like `core`, with the words of the brackets kept. */
  readonly withRemarks: string
  /** The first of several documents named in one title, as in 起诉书及证人名单; empty when there is one only. */
  readonly first: string
}

/** `names` are what the caller knows to be names: the court and the parties. */
export function titleForms(title: string, names: readonly string[] = []): TitleForms {
  const unified = title
    .normalize('NFKC')
    .replace(/《|》|"|'|“|”|\s/gu, '')
    .replace(FILE_ENDING, '')
  const unnumbered = unified
    .replace(CASE_NUMBER, '')
    .replace(DATE, '')
    .replace(LEADING_ORDINAL, '')
    .replace(DISPUTE, '')
  const unbracketed = unnumbered.replace(BRACKETED, '')
  const [beginning = '', ...more] = unbracketed.split(JOINED)
  return {
    plain: plainTitle(unified),
    core: trimmed(unbracketed, names),
    withRemarks: trimmed(unnumbered, names),
    first: more.length > 0 ? trimmed(beginning, names) : '',
  }
}

function trimmed(text: string, names: readonly string[]): string {
  let rest = plainTitle(text)
  for (const name of names.map(plainTitle)) {
    if (name.length > 1 && rest.startsWith(name) && rest.length > name.length) rest = rest.slice(name.length)
  }
  rest = shortened(shortened(rest, LEADING_WORDS), COURT)
  for (let before = ''; before !== rest; ) {
    before = rest
    for (const pattern of TRAILING) rest = shortened(rest, pattern)
  }
  return rest
}

/** A cut that leaves less than two characters is not made: 副本 alone stays 副本. */
function shortened(text: string, pattern: RegExp): string {
  const rest = text.replace(pattern, '')
  return [...rest].length >= 2 ? rest : text
}

/** Pairs of neighbouring characters. */
export function bigrams(text: string): ReadonlySet<string> {
  const characters = [...text]
  return new Set(characters.slice(1).map((character, index) => (characters[index] ?? '') + character))
}

/** Dice coefficient of two sets of pairs, 0..1. */
export function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0
  let common = 0
  for (const pair of a) if (b.has(pair)) common++
  return (2 * common) / (a.size + b.size)
}
