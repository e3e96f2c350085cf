import { PROVINCE_MARKS, SUPREME_COURT_CODE } from './courts.ts'

const YEAR = '(?<year>(?:19|20)\\d{2})'
const MORE = '(?<more>(?:[、\\-]\\d{1,8})*)'
const SUB = '(?:之(?<sub>[零一二三四五六七八九十百]+))?'
const HAN = '[\\u4e00-\\u9fff]'
const COURT = `(?<court>${SUPREME_COURT_CODE}|[${PROVINCE_MARKS.join('')}](?:\\d{4}|\\d{2})?)`

/** The shapes of 法〔2015〕137号 as amended by 法〔2018〕335号, and those in use beside it. */
export const MODERN_PATTERN = new RegExp(
  `^（${YEAR}）${COURT}(?<special>知)?(?<type>${HAN}{1,5}?)(?<!第)(?<number>\\d{1,8})${MORE}号${SUB}$`,
  'u',
)
export const LEGACY_PATTERN = new RegExp(
  `^（${YEAR}）(?<body>${HAN}{1,15}?)字第(?<number>\\d{1,8})${MORE}号${SUB}$`,
  'u',
)
export const PROCURATORATE_DOCUMENT_PATTERN = new RegExp(
  `^(?<procuratorate>${HAN}{1,8}?检|${HAN}{2,8}?院)(?<department>[一二三四五六七八九十]+部)?(?<document>${HAN}{1,8})〔${YEAR}〕(?<mark>Z)?(?<number>\\d{1,6})号$`,
  'u',
)
export const PROCURATORATE_INTAKE_PATTERN = new RegExp(
  `^(?<procuratorate>${HAN}{1,8}?(?:检|院))(?<category>${HAN}{1,8})受〔${YEAR}〕(?<unit>\\d{6})(?<number>\\d{5})号$`,
  'u',
)
export const UNIFIED_INTAKE_PATTERN = new RegExp(`^(?<unit>\\d{6})${YEAR}(?<number>\\d{7})$`, 'u')
export const LAW_FIRM_PATTERN = new RegExp(
  `^（${YEAR}）(?<firm>[A-Za-z\\u4e00-\\u9fff]{1,12}?律)(?<kind>${HAN}{0,6}?)字第(?<number>\\d{1,8})号$`,
  'u',
)
