import { describe, expect, test } from 'vitest'
import { type AuditEntry, alarmDesk } from '../../electron/audit/index.ts'
import { ALARM_RULE_IDS, type AlarmRuleId, shippedThresholds } from '../../shared/domain/alarm-rule.ts'
import { codeOf, newId } from '../fixtures/catalogue/open.ts'
import { DAY_MS, freshLog } from './chains.ts'

const MINUTE = 60_000
/** Wednesday, 4 March 2026, 10:00 in China. */
const MORNING = Date.UTC(2026, 2, 4, 2)

type Step = Partial<AuditEntry> & { readonly after?: number }

/** A room whose clock moves only as the steps say. */
async function room() {
  const made = await freshLog()
  made.clock.step = 0
  made.clock.now = MORNING
  const raised: string[] = []
  const open = () =>
    alarmDesk({
      sql: made.catalogue.sql,
      log: made.log,
      now: () => new Date(made.clock.now),
      newId,
      onAlarm: ({ rule }) => raised.push(rule),
    })
  const desk = open()
  const play = (steps: readonly Step[]) => {
    for (const { after = 0, ...step } of steps) {
      made.clock.now += after
      made.log.append({
        action: 'job.resumed',
        accountId: 'a1',
        sessionId: 's1',
        subject: '',
        result: 'done',
        code: null,
        details: {},
        role: 'archivist',
        ...step,
      })
    }
  }
  return { ...made, desk, open, play, raised }
}

const times = (count: number, step: (n: number) => Step): Step[] =>
  Array.from({ length: count }, (_, n) => step(n))
const steps = (...given: Step[]): Step[] => given
const roles = (list: string, more: Step = {}): Step => ({
  action: 'account.rights-changed',
  accountId: 'officer',
  subject: 'account:a1',
  details: { roles: list },
  ...more,
})
const failed: Step = {
  action: 'session.sign-in-failed',
  accountId: null,
  result: 'failed',
  details: { account: 'x' },
}
const read = (n: number, details = {}): Step => ({ action: 'page.read', caseNumber: `案${n}`, details })
const printed = (pages: number, more: Step = {}): Step => ({
  action: 'page.printed',
  details: { pages },
  ...more,
})
const withdrawn = (pages: number, bookPages = 1000): Step => ({
  action: 'page.withdrawn',
  details: { pages, bookPages },
})
const asked = (accountId: string): Step => ({
  action: 'approval.requested',
  accountId,
  subject: 'approval:r1',
})
const approved = (more: Step = {}): Step => ({
  action: 'approval.decided',
  subject: 'approval:r1',
  details: { approve: true },
  ...more,
})

/** For each rule, histories that must raise it and histories just short of that. */
const HISTORIES: Readonly<
  Record<AlarmRuleId, { raise: Record<string, Step[]>; silent: Record<string, Step[]> }>
> = {
  A1: {
    raise: { 'five failures in ten minutes': times(5, () => ({ ...failed, after: 2 * MINUTE })) },
    silent: {
      'four failures': times(4, () => failed),
      'five in more than ten minutes': times(5, () => ({ ...failed, after: 2.6 * MINUTE })),
      'five that were taken into the log together, and happened far apart': times(5, (n) => ({
        ...failed,
        details: { account: 'x', at: new Date(MORNING - (10 - n) * 3 * MINUTE).toISOString() },
      })),
      'five of two accounts': times(5, (n) => ({ ...failed, details: { account: n % 2 === 0 ? 'x' : 'y' } })),
    },
  },
  A2: {
    raise: {
      'ten denials': times(10, () => ({ action: 'access.denied', result: 'refused', code: 'ACCESS_DENIED' })),
    },
    silent: {
      'nine denials': times(9, () => ({ action: 'access.denied', result: 'refused', code: 'ACCESS_DENIED' })),
      'ten over two hours': times(10, () => ({
        action: 'access.denied',
        result: 'refused',
        after: 12 * MINUTE,
      })),
    },
  },
  A3: {
    raise: {
      'at eight in the evening': [{ after: 10 * 60 * MINUTE }],
      'on a Saturday': [{ after: 3 * DAY_MS }],
    },
    silent: {
      'one minute before eight': [{ after: (10 * 60 - 1) * MINUTE }],
      'by nobody': [{ accountId: null, after: 12 * 60 * MINUTE }],
    },
  },
  A4: {
    raise: {
      'fifty-one pages': steps(printed(50), printed(1)),
      'twenty-one items': times(21, () => ({ action: 'item.exported', details: { items: 1 } })),
      'many times the own mean': [
        ...times(6, (n) => printed(2, { after: n === 0 ? 0 : DAY_MS })),
        printed(7, { after: DAY_MS }),
      ],
    },
    silent: {
      'fifty pages': [printed(50)],
      'twenty items': [{ action: 'item.exported', details: { items: 20 } }],
      'thrice the own mean': [
        ...times(6, (n) => printed(2, { after: n === 0 ? 0 : DAY_MS })),
        printed(6, { after: DAY_MS }),
      ],
    },
  },
  A5: {
    raise: {
      'thirty-one cases': times(31, (n) => read(n)),
      'a case of others': [read(1, { assigned: false })],
    },
    silent: {
      'thirty cases': times(90, (n) => read(n % 30)),
      'a case of one’s own': [read(1, { assigned: true })],
    },
  },
  A6: {
    raise: {
      'ten pages in a day': times(10, () => withdrawn(1)),
      'over a fifth of a book': [withdrawn(3, 14)],
    },
    silent: { 'nine pages': times(9, () => withdrawn(1)), 'a fifth of a book': [withdrawn(3, 15)] },
  },
  A7: {
    raise: { 'without a task': [read(1, { compartment: 'restricted', task: false })] },
    silent: {
      'for a task': [read(1, { compartment: 'restricted', task: 'T1' })],
      'of the main volume': [read(1, { compartment: 'open' })],
    },
  },
  A8: {
    raise: {
      'given, used, taken back': steps(
        roles('clerk'),
        roles('clerk,archivist'),
        {},
        roles('clerk', { after: 23 * 60 * MINUTE }),
      ),
    },
    silent: {
      'never used': steps(roles('clerk'), roles('clerk,archivist'), roles('clerk')),
      'taken back after a day': steps(
        roles('clerk'),
        roles('clerk,archivist'),
        {},
        roles('clerk', { after: 25 * 60 * MINUTE }),
      ),
    },
  },
  A9: {
    raise: {
      'a clock set back': steps({}, { after: -MINUTE }),
      'a broken chain': [{ action: 'audit.verified', details: { sound: false } }],
    },
    silent: { 'a sound chain': [{ action: 'audit.verified', details: { sound: true } }] },
  },
  A10: {
    raise: { 'a damaged object': [{ action: 'fixity.failed', result: 'failed' }] },
    silent: { 'a sound check': [{ action: 'vault.checked', details: { sound: true } }] },
  },
  A11: {
    raise: { 'an unknown carrier': [{ action: 'usb.unknown' }] },
    silent: { 'a known one': [{ action: 'usb.known' }] },
  },
  A12: {
    raise: {
      overdue: [{ action: 'backup.overdue' }],
      'a target that shrank': [{ action: 'backup.target-shrank' }],
    },
    silent: { 'a backup that was made': [{ action: 'backup.made' }] },
  },
  A13: {
    raise: { 'thirty-one days still': steps({}, { after: 30 * DAY_MS + MINUTE }) },
    silent: { 'thirty days still': steps({}, { after: 30 * DAY_MS }), 'a new account': [{}] },
  },
  A14: {
    raise: {
      'two machines in half an hour': steps({ machine: 'm1' }, { machine: 'm2', after: 29 * MINUTE }),
    },
    silent: {
      'one after the other': steps({ machine: 'm1' }, { machine: 'm2', after: 31 * MINUTE }),
      'two people': steps({ machine: 'm1' }, { machine: 'm2', accountId: 'a2' }),
    },
  },
  A15: {
    raise: {
      'twenty-one in five minutes': times(21, () => approved({ after: 10_000 })),
      'one’s own request': steps(asked('a1'), approved()),
    },
    silent: {
      'twenty in five minutes': times(20, () => approved({ after: 10_000 })),
      'twenty-one at leisure': times(21, () => approved({ after: 16_000 })),
      'twenty-one refusals': times(21, () => approved({ details: { approve: false } })),
      'the request of another': steps(asked('a2'), approved()),
    },
  },
  A16: {
    raise: { overdue: [{ action: 'loan.overdue' }] },
    silent: { 'given back': [{ action: 'loan.returned' }] },
  },
  A17: {
    raise: { 'five in an hour': times(5, () => ({ action: 'field.unmasked', after: 10 * MINUTE })) },
    silent: { 'four in an hour': times(4, () => ({ action: 'field.unmasked' })) },
  },
}

describe.each(ALARM_RULE_IDS)('rule %s', (rule) => {
  test.each(Object.entries(HISTORIES[rule].raise))('is raised: %s', async (_, history) => {
    const { play, raised } = await room()
    play(history)
    expect(raised.filter((one) => one === rule)).toEqual([rule])
  })

  test.each(Object.entries(HISTORIES[rule].silent))('stays silent: %s', async (_, history) => {
    const { play, raised } = await room()
    play(history)
    expect(raised).not.toContain(rule)
  })
})

describe('an alarm', () => {
  test('names its records, is recorded itself, and is closed once with a note', async () => {
    const { play, desk, catalogue, log } = await room()
    play(times(5, () => failed))
    const [alarm] = desk.alarms.list('open', 10)
    expect(alarm).toMatchObject({ rule: 'A1', what: 'failed-sign-ins', records: [1, 2, 3, 4, 5] })
    const own = catalogue.sql.all(`SELECT * FROM audit_record WHERE action = 'alarm.raised'`)
    expect(own.map(({ subject, sequence }) => [subject, sequence])).toEqual([[`alarm:${alarm?.id}`, 6]])
    expect(log.verify().damages).toEqual([])
    desk.alarms.close(alarm?.id ?? '', 'auditor', '2026-03-04T03:00:00.000Z', '本人忘记口令')
    expect(desk.alarms.list('open', 10)).toEqual([])
    expect(desk.alarms.list('closed', 10)).toMatchObject([{ note: '本人忘记口令', closedBy: 'auditor' }])
    expect(codeOf(() => desk.alarms.close(alarm?.id ?? '', 'auditor', '', 'x'))).toBe('CATALOGUE_CONFLICT')
  })

  test('comes again only after as much again', async () => {
    const { play, raised } = await room()
    play(times(9, () => failed))
    expect(raised).toEqual(['A1'])
    play([failed])
    expect(raised).toEqual(['A1', 'A1'])
  })

  test('counts what was recorded before the program was started again', async () => {
    const { play, raised, log, clock, catalogue, open } = await room()
    play(times(4, () => failed))
    open()
    log.append({
      action: 'session.sign-in-failed',
      accountId: null,
      sessionId: null,
      subject: '',
      result: 'failed',
      code: null,
      details: { account: 'x' },
    })
    expect(raised.filter((rule) => rule === 'A1').length).toBeGreaterThan(0)
    expect(clock.now).toBe(MORNING)
    expect(catalogue.sql.one('SELECT count(*) AS n FROM alarm')?.n).toBe(2)
  })

  test('is not raised by what a transaction took back', async () => {
    const { play, raised, catalogue } = await room()
    play(times(3, () => failed))
    expect(() =>
      catalogue.transaction(() => {
        play(times(1, () => failed))
        throw new Error('stop')
      }),
    ).toThrow('stop')
    play([failed])
    expect(raised).toEqual([])
    play([failed])
    expect(raised).toEqual(['A1'])
  })
})

describe('a rule', () => {
  test('set otherwise works otherwise, and one that is switched off is silent', async () => {
    const { play, raised, desk } = await room()
    desk.setRule({ rule: 'A1', enabled: true, thresholds: { failures: 2, minutes: 10 } }, 'auditor')
    play(times(2, () => failed))
    expect(raised).toEqual(['A1'])
    desk.setRule({ rule: 'A1', enabled: false, thresholds: { failures: 2, minutes: 10 } }, 'auditor')
    play(times(9, () => failed))
    expect(raised).toEqual(['A1'])
    expect(desk.rules().find(({ rule }) => rule === 'A1')).toMatchObject({ enabled: false, changed: true })
  })

  test('takes no threshold out of bounds', async () => {
    const { desk } = await room()
    const set = (thresholds: Record<string, number | string>) =>
      codeOf(() => desk.setRule({ rule: 'A3', enabled: true, thresholds }, 'auditor'))
    expect(set({ from: '25:00' })).toBe('CALL_INVALID_INPUT')
    expect(set({ holidays: '国庆' })).toBe('CALL_INVALID_INPUT')
    expect(set({ holidays: '2026-10-01、2026-10-02' })).toBe('nothing was thrown')
  })

  test('replayed with other thresholds says what it would have raised, and raises nothing', async () => {
    const { play, desk, raised, catalogue } = await room()
    play(times(4, () => failed))
    const range = { from: null, to: null, limit: 10 }
    expect(await desk.replay('A1', shippedThresholds('A1'), range)).toEqual([])
    expect(await desk.replay('A1', { failures: 3, minutes: 10 }, range)).toMatchObject([
      { sequences: [1, 2, 3] },
    ])
    const later = { ...range, from: '2027-01-01T00:00:00.000Z' }
    expect(await desk.replay('A1', { failures: 3, minutes: 10 }, later)).toEqual([])
    expect(raised).toEqual([])
    expect(catalogue.sql.one('SELECT count(*) AS n FROM alarm')?.n).toBe(0)
  })
})
