import { z } from 'zod'
import { ALARM_RULE_IDS } from '../domain/alarm-rule.ts'
import { area, command, query } from './method.ts'
import { Empty, Id, IsoTime } from './model.ts'

export const AuditFilter = z.object({
  accountId: Id.nullable().default(null),
  caseNumber: z.string().max(200).default(''),
  from: IsoTime.nullable().default(null),
  to: IsoTime.nullable().default(null),
  action: z.string().max(100).default(''),
  result: z.enum(['done', 'refused', 'failed']).nullable().default(null),
  text: z.string().max(200).default(''),
})

/** A record for showing: account names beside ids, case numbers, never a party or the text of a page. */
export const AuditRow = z.object({
  sequence: z.number().int(),
  at: z.string(),
  action: z.string(),
  accountId: z.string().nullable(),
  accountName: z.string(),
  role: z.string().nullable(),
  sessionId: z.string().nullable(),
  machine: z.string().nullable(),
  osUser: z.string().nullable(),
  subject: z.string(),
  caseNumber: z.string().nullable(),
  archiveNumber: z.string().nullable(),
  page: z.string().nullable(),
  result: z.enum(['done', 'refused', 'failed']),
  code: z.string().nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  beforeDigest: z.string().nullable(),
  afterDigest: z.string().nullable(),
  reason: z.string().nullable(),
  approvalId: z.string().nullable(),
  hash: z.string(),
})
export type AuditRow = z.infer<typeof AuditRow>

const Rows = z.object({ rows: z.array(AuditRow), more: z.boolean() })
const Page = { limit: z.number().int().min(1).max(1000).default(200) }

export const AuditDamage = z.union([
  z.object({
    kind: z.enum(['altered', 'deleted', 'inserted', 'reordered', 'unlinked', 'tail-cut', 'head-mismatch']),
    sequence: z.number().int(),
  }),
  z.object({
    kind: z.enum(['head-signature', 'head-missing']),
    head: z.number().int(),
    where: z.enum(['table', 'file', 'vault']),
  }),
])
export type AuditDamage = z.infer<typeof AuditDamage>

const RuleId = z.enum(ALARM_RULE_IDS)
const Thresholds = z.record(z.string().max(60), z.union([z.number(), z.string().max(2000), z.boolean()]))

export const AlarmRule = z.object({
  rule: RuleId,
  enabled: z.boolean(),
  thresholds: Thresholds,
  changed: z.boolean(),
})
export type AlarmRule = z.infer<typeof AlarmRule>

export const AlarmRow = z.object({
  id: Id,
  rule: RuleId,
  raisedAt: z.string(),
  accountName: z.string(),
  what: z.string(),
  records: z.array(z.number().int()),
  closedAt: z.string().nullable(),
  closedByName: z.string(),
  note: z.string().nullable(),
})
export type AlarmRow = z.infer<typeof AlarmRow>

/** Reading the log is itself recorded, once a question. */
export const audit = area('audit', {
  list: query({
    input: z.object({
      filter: AuditFilter,
      before: z.number().int().min(1).nullable().default(null),
      ...Page,
    }),
    output: Rows,
    needs: 'audit.read',
    audit: 'audit.read',
  }),
  /** Who and what the filters may name. */
  choices: query({
    input: Empty,
    output: z.object({
      accounts: z.array(z.object({ id: Id, name: z.string() })),
      actions: z.array(z.string()),
    }),
    needs: 'audit.read',
  }),
  /** What one person did between two moments, oldest first. */
  dayOf: query({
    input: z.object({ accountId: Id, from: IsoTime, to: IsoTime }),
    output: Rows,
    needs: 'audit.read',
    audit: 'audit.day-read',
  }),
  /** Everything recorded of one page, by its id or that of one of its versions, oldest first. */
  pageHistory: query({
    input: z.object({ pageId: Id }),
    output: Rows,
    needs: 'audit.read',
    audit: 'audit.page-read',
  }),
  /** Proves the chain from the first record to the last, and the signed heads. */
  verify: query({
    input: Empty,
    output: z.object({
      recordCount: z.number().int(),
      headCount: z.number().int(),
      signedTo: z.number().int(),
      headHash: z.string(),
      damages: z.array(AuditDamage),
    }),
    needs: 'audit.read',
    audit: 'audit.verified',
  }),
  signHead: command({
    input: Empty,
    output: z.object({
      number: z.number().int(),
      sequence: z.number().int(),
      recordHash: z.string(),
      fingerprint: z.string(),
    }),
    needs: 'audit.export',
    audit: 'audit.head-signed',
  }),
  /** Makes a folder inside the given one that anybody can check without this program. */
  exportEvidence: command({
    input: z.object({ folder: z.string().min(1), filter: AuditFilter }),
    output: z.object({
      folderName: z.string(),
      from: z.number().int(),
      to: z.number().int(),
      shownCount: z.number().int(),
      fingerprint: z.string(),
    }),
    needs: 'audit.export',
    audit: 'audit.evidence-exported',
  }),
  rules: query({ input: Empty, output: z.array(AlarmRule), needs: 'audit.read' }),
  setRule: command({
    input: z.object({
      rule: RuleId,
      enabled: z.boolean(),
      thresholds: Thresholds,
      reason: z.string().trim().min(1).max(300),
    }),
    output: Empty,
    needs: 'audit.rule',
    audit: 'alarm.rule-set',
  }),
  /** What a rule would have raised with these thresholds; raises nothing. */
  replayRule: query({
    input: z.object({
      rule: RuleId,
      thresholds: Thresholds,
      from: IsoTime.nullable().default(null),
      to: IsoTime.nullable().default(null),
    }),
    output: z.object({
      findings: z.array(
        z.object({
          accountName: z.string(),
          what: z.string(),
          records: z.array(z.number().int()),
          at: z.string(),
        }),
      ),
      more: z.boolean(),
    }),
    needs: 'audit.read',
    audit: 'alarm.rule-replayed',
  }),
  alarms: query({
    input: z.object({ state: z.enum(['open', 'closed', 'all']).default('open') }),
    output: z.object({ alarms: z.array(AlarmRow), openCount: z.number().int() }),
    needs: 'audit.read',
  }),
  closeAlarm: command({
    input: z.object({ id: Id, note: z.string().trim().min(1).max(1000) }),
    output: Empty,
    needs: 'alarm.close',
    audit: 'alarm.closed',
  }),
})
