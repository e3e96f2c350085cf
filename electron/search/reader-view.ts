import type { CaseFacts } from '../../shared/domain/access-decision.ts'
import { refusalOf } from '../../shared/domain/access-decision.ts'
import type { Permission } from '../../shared/domain/permission.ts'
import type { SecrecyLevel } from '../../shared/domain/secrecy.ts'
import type { Session } from '../access/index.ts'
import { type Catalogue, number, type Sight, sightCondition } from '../catalogue/index.ts'
import type { Compartment } from '../vault/index.ts'

/** What of one case a reader may open: everything of a compartment, or single things that were lent, or nothing. */
export interface CaseView {
  readonly readsPage: (page: { readonly id: string; readonly compartment: Compartment }) => boolean
  readonly readsItem: (item: { readonly id: string; readonly compartment: Compartment }) => boolean
}

/** What a person may find at all. */
export interface ReaderView {
  readonly compartments: ReadonlySet<Compartment>
  /** The keys of all cases in sight, newest first, where these are few by their nature; null for everything. */
  readonly keys: readonly number[] | null
  /** Further conditions on a case, as SQL over `c`; empty where there are none. */
  readonly condition: { readonly sql: string; readonly values: readonly string[] }
  /** Nothing but 回避 and conditions of rights stands between the person and the whole catalogue. */
  readonly seesEverything: boolean
  readonly ofCase: (found: {
    readonly id: string
    readonly status: 'open' | 'filed'
    readonly secrecy: SecrecyLevel
  }) => CaseView
}

export function readerView(catalogue: Catalogue, session: Session, now: Date): ReaderView {
  const { sql, lent } = catalogue
  const at = lent.moment(now)
  const { accountId, compartments, grants } = session
  const sight: Sight = {
    accountId,
    at,
    grants: grants.filter(({ permission }) => permission === 'case.read'),
    restricted: compartments.has('restricted'),
  }
  const condition = sightCondition(sql, sight, 'c')
  const narrow = sight.grants.every(({ scope }) => scope !== 'all')
  const keys = narrow
    ? sql
        .all(
          `SELECT c.search_key FROM case_file c
           WHERE c.id IN (SELECT case_id FROM case_assignment WHERE account_id = ?)
             ${condition.sql === '' ? '' : `AND ${condition.sql}`} ORDER BY c.search_key DESC`,
          accountId,
          ...condition.values,
        )
        .map((row) => number(row, 'search_key'))
    : null
  /** Whoever reads everything of a kind without conditions is not asked about each case. */
  const unbounded = (permission: Permission) =>
    grants.some(
      (grant) =>
        grant.permission === permission &&
        grant.scope === 'all' &&
        grant.compartments === undefined &&
        grant.secrecyUpTo === undefined &&
        grant.statuses === undefined,
    )
  const allPages = unbounded('page.read')
  const allCases = unbounded('case.read')
  return {
    compartments,
    keys,
    condition: narrow ? { sql: '', values: [] } : condition,
    seesEverything: !narrow && condition.sql === '',
    ofCase: ({ id: caseId, status, secrecy }) => {
      let standing: ReturnType<typeof catalogue.assignments.standing> | undefined
      let pages: ReadonlySet<string> | undefined
      const facts = (compartment: Compartment, granted: boolean): CaseFacts => {
        standing ??= catalogue.assignments.standing(caseId, accountId, at)
        return { caseId, status, secrecy, compartment, ...standing, granted: standing.granted && granted }
      }
      const known = new Map<string, boolean>()
      const allowed = (permission: Permission, compartment: Compartment, granted: boolean) => {
        const name = `${permission}|${compartment}|${granted}`
        const before = known.get(name)
        if (before !== undefined) return before
        const may = refusalOf(grants, permission, facts(compartment, granted)) === null
        known.set(name, may)
        return may
      }
      return {
        readsPage: ({ id, compartment }) => {
          if (!compartments.has(compartment)) return false
          if (allPages || allowed('page.read', compartment, false)) return true
          if (!allowed('page.read', compartment, true)) return false
          pages ??= new Set(lent.ofCase(accountId, caseId, at).map(({ pageId }) => pageId))
          return pages.has(id)
        },
        readsItem: ({ id, compartment }) => {
          if (!compartments.has(compartment)) return false
          if (allCases || allowed('case.read', compartment, false)) return true
          return allowed('case.read', compartment, true) && lent.lends(accountId, { kind: 'item', id }, at)
        },
      }
    },
  }
}
