import { z } from 'zod'
import { MEDIUM_EVENTS, MEDIUM_SETS, MEDIUM_STATES } from '../domain/backup/medium.ts'
import { Folder, OfMedium } from './backup-fields.ts'
import { area, command, query } from './method.ts'
import { Empty, Id, IsoTime } from './model.ts'

const Note = z.string().trim().max(500)

/** 载体台账: one line. */
export const Medium = z.object({
  id: Id,
  /** 介质编号, given by the unit. */
  number: z.string(),
  set: z.enum(MEDIUM_SETS),
  state: z.enum(MEDIUM_STATES),
  /** 品牌型号. */
  model: z.string(),
  serial: z.string(),
  capacityBytes: z.number().int().nullable(),
  secrecy: z.string(),
  /** 存放地. */
  place: z.string(),
  /** Where it was last plugged in. */
  folder: z.string(),
  setId: Id,
  registeredAt: IsoTime,
  lastSeenAt: IsoTime.nullable(),
  /** Whether its set can be read there now. */
  present: z.boolean(),
  freeBytes: z.number().int().nullable(),
  inspectionDueAt: IsoTime,
  lastBackupAt: IsoTime.nullable(),
  lastVerifiedAt: IsoTime.nullable(),
  /** SMART as read when it was last plugged in; empty where it cannot be read. */
  smart: z.string(),
  note: z.string(),
})
export type Medium = z.infer<typeof Medium>

export const MediumEventRow = z.object({
  sequence: z.number().int(),
  mediumId: Id,
  number: z.string(),
  event: z.enum(MEDIUM_EVENTS),
  at: IsoTime,
  by: z.string(),
  /** Where from and to, whom to. */
  fromPlace: z.string(),
  toPlace: z.string(),
  counterpart: z.string(),
  /** 定期检测: items looked at and unreadable ones. */
  sampled: z.number().int().nullable(),
  unreadable: z.number().int().nullable(),
  smart: z.string(),
  note: z.string(),
})
export type MediumEventRow = z.infer<typeof MediumEventRow>

/** 载体台账. */
export const media = area('media', {
  list: query({ input: Empty, output: z.array(Medium), needs: 'backup.read' }),
  /** What is plugged in under a folder: nothing yet, a registered medium's set, another vault's. */
  look: query({
    input: z.object({ folder: Folder }),
    output: z.object({
      state: z.enum(['empty', 'registered', 'unregistered-set', 'foreign', 'unwritable']),
      medium: Medium.nullable(),
      serial: z.string(),
      freeBytes: z.number().int().nullable(),
      capacityBytes: z.number().int().nullable(),
      fileSystem: z.string(),
    }),
    needs: 'backup.read',
  }),
  register: command({
    input: z.object({
      folder: Folder,
      number: z.string().trim().min(1).max(60),
      set: z.enum(MEDIUM_SETS),
      model: z.string().trim().max(120).default(''),
      serial: z.string().trim().max(120).default(''),
      secrecy: z.string().trim().max(40).default(''),
      place: z.string().trim().min(1).max(120),
      note: Note.default(''),
    }),
    output: Medium,
    needs: 'backup.manage',
    audit: 'media.registered',
  }),
  /** 出入库、交接、检测、报废: writes a line and changes the medium's place and state. */
  note: command({
    input: OfMedium.extend({
      event: z.enum(MEDIUM_EVENTS),
      toPlace: z.string().trim().max(120).default(''),
      counterpart: z.string().trim().max(120).default(''),
      sampled: z.number().int().min(0).nullable().default(null),
      unreadable: z.number().int().min(0).nullable().default(null),
      note: Note.default(''),
    }),
    output: Medium,
    needs: 'backup.manage',
    audit: 'media.noted',
  }),
  events: query({
    input: z.object({ mediumId: Id.optional() }),
    output: z.array(MediumEventRow),
    needs: 'backup.read',
  }),
})
