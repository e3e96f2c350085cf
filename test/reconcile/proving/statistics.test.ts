import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newSession, type Session } from '../../../electron/access/index.ts'
import { differenceStatistics } from '../../../electron/reconcile/proving/statistics.ts'
import {
  DIFFERENCE_CAUSES,
  DIFFERENCE_TYPES,
  ORIGIN_STAGES,
} from '../../../shared/domain/reconcile/difference-type.ts'
import { DIFFERENCE_STATES, SEVERITIES, type Severity } from '../../../shared/domain/reconcile/handling.ts'
import { isOverdue } from '../../../shared/domain/reconcile/proof.ts'
import type { Grant } from '../../../shared/domain/role-matrix.ts'
import { addCase, addPage, addVolume, freshCatalogue, newId } from '../../fixtures/catalogue/open.ts'

const NOW = new Date('2026-06-15T12:00:00.000Z')
const DAY_MS = 24 * 60 * 60 * 1000

interface Found {
  readonly volume: number
  readonly days: number
  readonly closedDays: number
  readonly state: (typeof DIFFERENCE_STATES)[number]
  readonly severity: Severity
  readonly type: (typeof DIFFERENCE_TYPES)[number]
  readonly cause: (typeof DIFFERENCE_CAUSES)[number] | null
  readonly stage: (typeof ORIGIN_STAGES)[number] | null
  readonly person: string
}

const ago = (days: number) => new Date(NOW.getTime() - days * DAY_MS).toISOString()
/** The day of the wall calendar in the room. */
const dayOf = (at: string) => new Date(Date.parse(at) + 8 * 60 * 60 * 1000).toISOString().slice(0, 10)

const anyFound: fc.Arbitrary<Found> = fc.record({
  volume: fc.nat(3),
  days: fc.double({ min: 0, max: 100, noNaN: true }),
  closedDays: fc.double({ min: 0, max: 50, noNaN: true }),
  state: fc.constantFrom(...DIFFERENCE_STATES),
  severity: fc.constantFrom(...SEVERITIES),
  type: fc.constantFrom(...DIFFERENCE_TYPES),
  cause: fc.option(fc.constantFrom(...DIFFERENCE_CAUSES)),
  stage: fc.option(fc.constantFrom(...ORIGIN_STAGES)),
  person: fc.constantFrom('', '赵某', '钱某'),
})

/** Four volumes: two of one case, 正卷 and 副卷, one of a second case, and one of a case that is nobody's own. */
async function archive() {
  const { catalogue } = await freshCatalogue()
  const cases = [1, 2, 3].map((n) => addCase(catalogue, `（2024）云0199民初${n}号`))
  const [one = '', two = '', three = ''] = cases
  const volumes = [
    addVolume(catalogue, one),
    addVolume(catalogue, one, 'restricted'),
    addVolume(catalogue, two),
    addVolume(catalogue, three),
  ]
  volumes.forEach((place, index) => {
    for (let page = 0; page < index + 2; page++) addPage(catalogue, place, `v${index}p${page}`)
  })
  const caseOf = [one, one, two, three]
  return { catalogue, cases, caseOf, volumes: volumes.map(({ volumeId }) => volumeId) }
}

function sessionOf(grants: readonly Grant[], compartments: readonly ('open' | 'restricted')[]): Session {
  const accountId = newId()
  return newSession({
    ...{ id: newId(), client: 1, accountId, accountName: 'a', displayName: 'a', roles: ['archivist'] },
    ...{
      grants,
      compartments: new Set(compartments),
      unitName: 'u',
      vaultId: 'v',
      signedInAt: NOW.toISOString(),
    },
    ...{ recoveryConfirmed: true, smallUnit: false },
  } as never)
}

const ALL: readonly Grant[] = [{ permission: 'difference.read', scope: 'all' }]
const OPEN_ONLY: readonly Grant[] = [{ permission: 'difference.read', scope: 'all', compartments: ['open'] }]

test('every figure equals what counting one by one gives, for whatever is in sight and any period', {
  timeout: 120_000,
}, async () => {
  const { catalogue, caseOf, volumes } = await archive()
  const { sql } = catalogue
  const begun = [80, 40, 10].map((days, index) => ({ volume: index, at: ago(days) }))
  for (const { volume, at } of begun)
    sql.run(
      `INSERT INTO reconciliation (id, volume_id, case_id, state, started_at, started_by) VALUES (?, ?, ?, 'open', ?, 'x')`,
      ...[newId(), volumes[volume] ?? '', caseOf[volume] ?? '', at],
    )
  sql.run(
    `INSERT INTO reconciliation (id, volume_id, case_id, state, started_at, started_by) VALUES (?, ?, ?, 'abandoned', ?, 'x')`,
    ...[newId(), volumes[3] ?? '', caseOf[3] ?? '', ago(5)],
  )
  const sights = [
    { session: sessionOf(ALL, ['open', 'restricted']), volumes: [0, 1, 2, 3] },
    { session: sessionOf(ALL, ['open']), volumes: [0, 2, 3] },
    { session: sessionOf(OPEN_ONLY, ['open', 'restricted']), volumes: [0, 2, 3] },
    { session: sessionOf([], ['open', 'restricted']), volumes: [] },
  ]
  const recused = sessionOf(ALL, ['open', 'restricted'])
  sql.run(
    'INSERT INTO account (id, name, display_name, roles, created_at) VALUES (?, ?, ?, ?, ?)',
    ...[recused.accountId, 'recused', 'recused', '[]', ago(1)],
  )
  const columns = sql.all(`SELECT name FROM pragma_table_info('recusal')`).map(({ name }) => String(name))
  const values: Readonly<Record<string, string>> = { case_id: caseOf[0] ?? '', account_id: recused.accountId }
  sql.run(
    `INSERT INTO recusal (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    ...columns.map((column) => values[column] ?? ago(1)),
  )
  sights.push({ session: recused, volumes: [2, 3] })
  const periods = [{}, { from: dayOf(ago(60)) }, { from: dayOf(ago(60)), to: dayOf(ago(20)) }]

  fc.assert(
    fc.property(fc.array(anyFound, { maxLength: 30 }), (found) => {
      sql.run('DELETE FROM difference')
      const rows = found.map((each, index) => {
        const closedAt = each.state === 'closed' ? ago(Math.min(each.days, each.closedDays)) : null
        sql.run(
          `INSERT INTO difference (id, year, serial, case_id, volume_id, compartment, identity, found_at, found_by,
             found_stage, methods, type, paper_place, electronic_place, confidence, severity, severity_rule, cause,
             origin_stage, origin_person, state, closed_at)
           VALUES (?, 2026, ?, ?, ?, 'open', ?, ?, 'x', 'other', '[]', ?, '', '', 1, ?, '', ?, ?, ?, ?, ?)`,
          ...[newId(), index, caseOf[each.volume] ?? '', volumes[each.volume] ?? '', `i${index}`],
          ...[
            ago(each.days),
            each.type,
            each.severity,
            each.cause,
            each.stage,
            each.person,
            each.state,
            closedAt,
          ],
        )
        return { ...each, foundAt: ago(each.days), closedAt }
      })
      for (const { session, volumes: seen } of sights)
        for (const period of periods) {
          const { from, to } = { from: '0', to: '9', ...period }
          const within = (at: string) => dayOf(at) >= from && dayOf(at) <= to
          const known = rows.filter(({ state, volume }) => state !== 'dismissed' && seen.includes(volume))
          const counted = known.filter(({ foundAt }) => within(foundAt))
          const checked = begun.filter(({ volume, at }) => seen.includes(volume) && within(at))
          const pages = checked.reduce((sum, { volume }) => sum + volume + 2, 0)
          const given = differenceStatistics(catalogue, session, period, NOW)
          const counts = (values: readonly (string | null)[]) =>
            Object.fromEntries(
              [...new Set(values)]
                .filter((value) => value !== null && value !== '')
                .map((value) => [value, values.filter((other) => other === value).length]),
            )
          expect(given).toMatchObject({
            volumesChecked: checked.length,
            pagesChecked: pages,
            differences: counted.length,
            open: counted.filter(({ state }) => state !== 'closed').length,
            overdue: counted.filter((each) => isOverdue(each, NOW)).length,
            rate: pages === 0 ? 0 : (counted.length / pages) * 1000,
          })
          expect(Object.fromEntries(given.byType.map(({ type, count }) => [type, count]))).toEqual(
            counts(counted.map(({ type }) => type)),
          )
          expect(Object.fromEntries(given.byCause.map(({ cause, count }) => [cause, count]))).toEqual(
            counts(counted.map(({ cause }) => cause)),
          )
          expect(Object.fromEntries(given.byStage.map(({ stage, count }) => [stage, count]))).toEqual(
            counts(counted.map(({ stage }) => stage)),
          )
          expect(Object.fromEntries(given.byPerson.map(({ person, count }) => [person, count]))).toEqual(
            counts(counted.map(({ person }) => person)),
          )
          const volumesShown = [0, 1, 2, 3].filter(
            (volume) =>
              counted.some((each) => each.volume === volume) ||
              checked.some((each) => each.volume === volume),
          )
          expect(
            given.byVolume.map((row) => [volumes.indexOf(row.volumeId), row.pages, row.count]).sort(),
          ).toEqual(
            volumesShown.map((volume) => [
              volume,
              volume + 2,
              counted.filter((each) => each.volume === volume).length,
            ]),
          )
          const months = counts(counted.map(({ foundAt }) => dayOf(foundAt).slice(0, 7)))
          const closings = counts(
            known.flatMap(({ closedAt }) =>
              closedAt !== null && within(closedAt) ? [dayOf(closedAt).slice(0, 7)] : [],
            ),
          )
          expect(
            Object.fromEntries(
              given.byMonth.filter(({ found: n }) => n > 0).map(({ month, found: n }) => [month, n]),
            ),
          ).toEqual(months)
          expect(
            Object.fromEntries(
              given.byMonth.filter(({ closed }) => closed > 0).map(({ month, closed }) => [month, closed]),
            ),
          ).toEqual(closings)
          expect(given.byMonth.reduce((sum, month) => sum + month.pages, 0)).toBe(pages)
        }
    }),
    { numRuns: 40 },
  )
})
