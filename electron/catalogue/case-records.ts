import type { CaseListRequest } from '../../shared/contract/cases.ts'
import type { CaseDraft, CaseRow, Party } from '../../shared/contract/model.ts'
import { PARTY_ROLE_INFO } from '../../shared/domain/party-role.ts'
import { normaliseForSearch } from '../../shared/domain/search/text-runs.ts'
import { shelteredName } from '../../shared/domain/sensitive-text.ts'
import { AppError } from '../../shared/errors.ts'
import { type ArchiveNumbers, archiveNumberForms, archiveNumberRegister } from './archive-numbers.ts'
import { caseRow, listCases } from './case-list.ts'
import type { SearchIndex } from './search-index.ts'
import { type Sight, sightCondition } from './sight.ts'
import { number, type Statements, text, textOrNull } from './statements.ts'

/** What the rules of the number say, beside the number itself. */
export interface CaseNumberFacts {
  readonly raw: string
  readonly canonical: string
  readonly uniquenessKey: string
  readonly sortKey: string
  readonly tail: string
  readonly fileSafe: string
  readonly scheme: string
  readonly year: number | null
  readonly court: string
  readonly typeText: string
}

export interface NewCase {
  readonly id: string
  readonly draft: CaseDraft
  readonly number: CaseNumberFacts
  readonly at: string
  readonly by: string
}

export interface CaseRecords {
  readonly insert: (entry: NewCase) => void
  readonly update: (caseId: string, draft: CaseDraft, number: CaseNumberFacts, at: string) => void
  readonly find: (caseId: string) => CaseRow | undefined
  readonly require: (caseId: string) => CaseRow
  readonly numberFacts: (caseId: string) => {
    readonly raw: string
    readonly fileSafe: string
    readonly canonical: string
  }
  readonly parties: (caseId: string) => readonly Party[]
  /** 归档: null while the case is open. `by` is an account. */
  readonly filed: (caseId: string) => { readonly at: string; readonly by: string } | null
  readonly file: (caseId: string, by: string, at: string) => void
  readonly setSecrecy: (caseId: string, secrecy: CaseRow['secrecy'], at: string) => void
  readonly setRetention: (caseId: string, retention: CaseRow['retention'], at: string) => void
  readonly findByUniquenessKey: (key: string) => string | undefined
  /** The case that has this 档号 now; none has an empty one. */
  readonly findByArchiveNumber: (archiveNumber: string) => string | undefined
  readonly list: (
    request: CaseListRequest,
    sight: Sight,
  ) => { readonly total: number; readonly rows: CaseRow[] }
  readonly facets: (sight: Sight) => {
    readonly years: { value: number; count: number }[]
    readonly types: { value: string; count: number }[]
  }
  readonly count: () => number
}

const shownName = ({ name, sheltered }: Party) => (sheltered === true ? shelteredName(name) : name)

/** "甲 诉 乙", as clerks name a case in speech. */
export function caseTitle(parties: readonly Party[]): string {
  const side = (wanted: 'claiming' | 'answering') =>
    parties
      .filter((party) => PARTY_ROLE_INFO[party.role].side === wanted)
      .map(shownName)
      .join('、')
  const first = side('claiming')
  const second = side('answering')
  if (first !== '' && second !== '') return `${first} 诉 ${second}`
  return first !== '' || second !== '' ? `${first}${second}` : parties.map(shownName).join('、')
}

/** What the box above the list looks through: numbers with and without their marks, cause, sides, handler. */
function filterText(draft: CaseDraft, facts: CaseNumberFacts, archive: ArchiveNumbers): string {
  const bare = facts.canonical.replace(/[（）〔〕]/gu, '')
  const names = draft.parties.map(({ name }) => name)
  return normaliseForSearch(
    [facts.canonical, bare, draft.cause, ...names, draft.handler, ...archiveNumberForms(archive.known)].join(
      '|',
    ),
  )
}

export function caseRecords(sql: Statements, index: SearchIndex): CaseRecords {
  const archiveNumbers = archiveNumberRegister(sql)
  const find = (caseId: string) => {
    const row = sql.one('SELECT * FROM case_file WHERE id = ?', caseId)
    return row === undefined ? undefined : caseRow(row)
  }
  const setParties = (caseId: string, parties: readonly Party[]) => {
    sql.run('DELETE FROM case_party WHERE case_id = ?', caseId)
    parties.forEach((party, place) => {
      sql.run(
        'INSERT INTO case_party (case_id, sequence, role, name, sheltered) VALUES (?, ?, ?, ?, ?)',
        ...[caseId, place + 1, party.role, party.name, party.sheltered === true ? 1 : 0],
      )
    })
  }
  const indexCase = (caseId: string, draft: CaseDraft, facts: CaseNumberFacts, archive: ArchiveNumbers) => {
    index.replaceCase(caseId, {
      number: facts.canonical,
      archiveNumbers: archive.known,
      year: facts.year,
      cause: draft.cause,
      handler: draft.handler,
      parties: draft.parties.map(({ name }) => name),
      acceptedOn: draft.acceptedOn,
      closedOn: draft.closedOn,
    })
  }
  const guardUnique = (facts: CaseNumberFacts, except?: string) => {
    const taken = sql.one('SELECT id FROM case_file WHERE number_unique = ?', facts.uniquenessKey)
    if (taken !== undefined && taken.id !== except) {
      throw new AppError('CASE_NUMBER_TAKEN', { number: facts.canonical, caseId: text(taken, 'id') })
    }
  }

  return {
    insert: ({ id, draft, number: facts, at, by }) =>
      sql.transaction(() => {
        guardUnique(facts)
        const archive = archiveNumbers.after(draft.archiveNumber)
        sql.run(
          `INSERT INTO case_file (id, number_raw, number, number_unique, number_sort, number_tail, number_file_safe,
             scheme, year, court, type_text, cause, handler, title, filter_text, status, retention, secrecy, accepted_on, closed_on,
             created_at, created_by, updated_at, archive_number)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, ?, ?, ?, ?, ?, ?)`,
          ...[id, facts.raw, facts.canonical, facts.uniquenessKey, facts.sortKey, facts.tail, facts.fileSafe],
          ...[facts.scheme, facts.year, facts.court, facts.typeText, draft.cause, draft.handler],
          ...[caseTitle(draft.parties), filterText(draft, facts, archive), draft.retention, draft.secrecy],
          ...[draft.acceptedOn, draft.closedOn, at, by, at, archive.now],
        )
        setParties(id, draft.parties)
        indexCase(id, draft, facts, archive)
      }),
    update: (caseId, draft, facts, at) =>
      sql.transaction(() => {
        guardUnique(facts, caseId)
        const archive = archiveNumbers.after(draft.archiveNumber, caseId)
        sql.run(
          `UPDATE case_file SET number_raw = ?, number = ?, number_unique = ?, number_sort = ?, number_tail = ?,
             number_file_safe = ?, scheme = ?, year = ?, court = ?, type_text = ?, cause = ?, handler = ?, title = ?,
             filter_text = ?, retention = ?, secrecy = ?, accepted_on = ?, closed_on = ?, updated_at = ?,
             archive_number = ?, former_archive_numbers = ? WHERE id = ?`,
          ...[facts.raw, facts.canonical, facts.uniquenessKey, facts.sortKey, facts.tail, facts.fileSafe],
          ...[facts.scheme, facts.year, facts.court, facts.typeText, draft.cause, draft.handler],
          ...[caseTitle(draft.parties), filterText(draft, facts, archive), draft.retention, draft.secrecy],
          ...[draft.acceptedOn, draft.closedOn, at, archive.now, archive.former.join('\n'), caseId],
        )
        setParties(caseId, draft.parties)
        indexCase(caseId, draft, facts, archive)
      }),
    find,
    require: (caseId) => {
      const found = find(caseId)
      if (found === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'case', id: caseId })
      return found
    },
    numberFacts: (caseId) => {
      const row = sql.one('SELECT number_raw, number, number_file_safe FROM case_file WHERE id = ?', caseId)
      if (row === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'case', id: caseId })
      return {
        raw: text(row, 'number_raw'),
        canonical: text(row, 'number'),
        fileSafe: text(row, 'number_file_safe'),
      }
    },
    parties: (caseId) =>
      sql
        .all('SELECT role, name, sheltered FROM case_party WHERE case_id = ? ORDER BY sequence', caseId)
        .map((row) => ({
          role: text(row, 'role') as Party['role'],
          name: text(row, 'name'),
          ...(number(row, 'sheltered') === 1 ? { sheltered: true } : {}),
        })),
    filed: (caseId) => {
      const row = sql.one('SELECT filed_at, filed_by FROM case_file WHERE id = ?', caseId)
      const at = row === undefined ? null : textOrNull(row, 'filed_at')
      return row === undefined || at === null ? null : { at, by: text(row, 'filed_by') }
    },
    file: (caseId, by, at) => {
      sql.run(
        `UPDATE case_file SET status = 'filed', filed_at = ?, filed_by = ?, updated_at = ? WHERE id = ?`,
        ...[at, by, at, caseId],
      )
    },
    setSecrecy: (caseId, secrecy, at) => {
      sql.run('UPDATE case_file SET secrecy = ?, updated_at = ? WHERE id = ?', secrecy, at, caseId)
    },
    setRetention: (caseId, retention, at) => {
      sql.run('UPDATE case_file SET retention = ?, updated_at = ? WHERE id = ?', retention, at, caseId)
    },
    findByUniquenessKey: (key) => {
      const row = sql.one('SELECT id FROM case_file WHERE number_unique = ?', key)
      return row === undefined ? undefined : text(row, 'id')
    },
    findByArchiveNumber: archiveNumbers.holderOf,
    list: (request, sight) => listCases(sql, request, sight),
    facets: (sight) => {
      const seen = sightCondition(sql, sight)
      const also = seen.sql === '' ? '' : ` AND ${seen.sql}`
      return {
        years: sql
          .all(
            `SELECT year AS v, count(*) AS n FROM case_file WHERE year IS NOT NULL${also} GROUP BY year ORDER BY year DESC`,
            ...seen.values,
          )
          .map((row) => ({ value: number(row, 'v'), count: number(row, 'n') })),
        types: sql
          .all(
            `SELECT type_text AS v, count(*) AS n FROM case_file WHERE type_text <> ''${also} GROUP BY v ORDER BY n DESC, v`,
            ...seen.values,
          )
          .map((row) => ({ value: text(row, 'v'), count: number(row, 'n') })),
      }
    },
    count: () => number(sql.one('SELECT count(*) AS n FROM case_file') ?? {}, 'n'),
  }
}
