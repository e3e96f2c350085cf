import { normaliseArchiveNumber } from '../archive-number.ts'
import { caseNumberUniquenessKey } from '../case-number/keys.ts'
import { normaliseCaseNumber } from '../case-number/normalise.ts'
import { parseNormalised } from '../case-number/parse.ts'
import { PARTY_ROLE_INFO, type PartyRole, readPartyRole } from '../party-role.ts'
import { RETENTION_LABELS, type RetentionCode, readRetention } from '../retention.ts'
import { readSecrecy, SECRECY_LEVEL_INFO, type SecrecyLevel } from '../secrecy.ts'
import { dateIsKept, documentNumberForm, sameNames, sameWords } from './written-forms.ts'

/** The cover 封面 as it is written on the paper; empty: not written there. */
export interface PaperCover {
  readonly caseNumber: string
  readonly cause: string
  readonly parties: string
  readonly handler: string
  readonly acceptedOn: string
  readonly closedOn: string
  readonly retention: string
  readonly archiveNumber: string
  readonly secrecy: string
  readonly bookCount: number | null
}

/** What the electronic case says in the same places. */
export interface ElectronicCover {
  readonly caseNumber: string
  readonly cause: string
  readonly parties: readonly { readonly role: PartyRole; readonly name: string }[]
  readonly handler: string
  readonly acceptedOn: string
  readonly closedOn: string
  readonly retention: RetentionCode | null
  readonly archiveNumber: string
  readonly secrecy: SecrecyLevel
  readonly bookCount: number
}

export interface CoverFinding {
  readonly type: 'D17' | 'D25'
  readonly name: string
  readonly paper: string
  readonly electronic: string
}

function sameCaseNumber(a: string, b: string): boolean {
  const key = (raw: string) => {
    const normalised = normaliseCaseNumber(raw)
    const fields = parseNormalised(normalised)
    return fields === null ? normalised : caseNumberUniquenessKey(fields)
  }
  return key(a) === key(b) || documentNumberForm(a) === documentNumberForm(b)
}

const nameForm = (name: string): string => name.normalize('NFKC').replace(/[\s\p{P}]/gu, '')

const ROLE_WORDS = Object.values(PARTY_ROLE_INFO)
  .flatMap(({ zh, alsoCalled }) => [zh, ...alsoCalled])
  .sort((a, b) => b.length - a.length)
const ROLE_MARK = new RegExp(`(?:^|[\\s、,;|。])(${ROLE_WORDS.join('|')})\\s*[:：]?\\s*`, 'gu')

/** 原告：甲、乙 被告：丙 → names with their roles; the role is null before any is named. */
function readParties(text: string): readonly { readonly role: PartyRole | null; readonly name: string }[] {
  const found: { role: PartyRole | null; name: string }[] = []
  let role: PartyRole | null = null
  for (const part of text
    .normalize('NFKC')
    .replace(ROLE_MARK, '\n$1:')
    .split(/[\n、,;|]+|\s{2,}/u)) {
    const [before = '', after] = part.split(':')
    const named = after === undefined ? null : readPartyRole(before)
    if (named !== null) role = named
    const name = nameForm(named === null ? part : (after ?? ''))
    if (name !== '') found.push({ role, name })
  }
  return found
}

function sameParties(paper: string, electronic: ElectronicCover['parties']): boolean {
  const written = readParties(paper)
  const names = (list: readonly { readonly name: string }[]) =>
    [...new Set(list.map(({ name }) => nameForm(name)))].sort().join('|')
  if (names(written) !== names(electronic)) {
    // names parted by single blanks, or none at all
    const run = nameForm(paper.replace(ROLE_MARK, ' '))
    const rest = [...electronic]
      .map(({ name }) => nameForm(name))
      .sort((a, b) => b.length - a.length)
      .reduce(
        (left, name) => (name !== '' && left.includes(name) ? left.replaceAll(name, '') : `${left}✗`),
        run,
      )
    return rest === ''
  }
  return written.every(
    ({ role, name }) =>
      role === null || electronic.some((party) => party.role === role && nameForm(party.name) === name),
  )
}

const partiesInWords = (parties: ElectronicCover['parties']): string =>
  parties.map(({ role, name }) => `${PARTY_ROLE_INFO[role].zh}：${name}`).join('；')

/** Holds the paper's cover against the case, field by field (D17); 密级 is D25. What the paper leaves empty is left out. */
export function compareCovers(paper: PaperCover, electronic: ElectronicCover): readonly CoverFinding[] {
  const findings: CoverFinding[] = []
  const check = (
    name: string,
    written: string,
    kept: string,
    same: boolean,
    type: CoverFinding['type'] = 'D17',
  ) => {
    if (written !== '' && !same) findings.push({ type, name, paper: written, electronic: kept })
  }
  const { retention, secrecy } = electronic
  check(
    'caseNumber',
    paper.caseNumber,
    electronic.caseNumber,
    sameCaseNumber(paper.caseNumber, electronic.caseNumber),
  )
  check('cause', paper.cause, electronic.cause, sameWords(paper.cause, electronic.cause))
  check(
    'parties',
    paper.parties,
    partiesInWords(electronic.parties),
    sameParties(paper.parties, electronic.parties),
  )
  check('handler', paper.handler, electronic.handler, sameNames(paper.handler, electronic.handler))
  check(
    'acceptedOn',
    paper.acceptedOn,
    electronic.acceptedOn,
    dateIsKept(paper.acceptedOn, electronic.acceptedOn),
  )
  check('closedOn', paper.closedOn, electronic.closedOn, dateIsKept(paper.closedOn, electronic.closedOn))
  check(
    'retention',
    paper.retention,
    retention === null ? '' : RETENTION_LABELS[retention].zh,
    retention !== null && readRetention(paper.retention) === retention,
  )
  check(
    'archiveNumber',
    paper.archiveNumber,
    electronic.archiveNumber,
    normaliseArchiveNumber(paper.archiveNumber) === normaliseArchiveNumber(electronic.archiveNumber),
  )
  check(
    'secrecy',
    paper.secrecy,
    SECRECY_LEVEL_INFO[secrecy].zh,
    // 秘密★10年: the mark and the term say nothing of the level
    readSecrecy(paper.secrecy.replace(/[★☆*].*$/u, '')) === secrecy,
    'D25',
  )
  check(
    'bookCount',
    paper.bookCount === null ? '' : String(paper.bookCount),
    String(electronic.bookCount),
    paper.bookCount === electronic.bookCount,
  )
  return findings
}
