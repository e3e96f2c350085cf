import path from 'node:path'
import type { InputOf, OutputOf } from '../../shared/contract/index.ts'
import { PEOPLE, seat, staff } from '../fixtures/people.ts'
import {
  CLIENT,
  importInto,
  KEEPER,
  newCase,
  OFFICERS,
  openRoom,
  PROJECT,
  type TestRoom,
} from '../fixtures/records-room.ts'

export const READER = {
  name: '借阅人壬',
  password: 'Marten-57-cedar-box',
  own: 'Thistle-36-amber-oak',
} as const
export const NUMBER = '（2023）云0199民初1024号'
const SCANS = path.join(PROJECT, 'assets/sample/scans')
const DAY_MS = 24 * 60 * 60 * 1000

/** A room with one case of pages, a borrower, and a clock that a test moves. */
export interface LendingRoom extends TestRoom {
  readonly clock: { move: (days: number) => void; set: (at: Date) => void; now: () => Date }
  readonly caseId: string
  readonly volumeId: string
  readonly pages: OutputOf<'pages.list'>
  readonly readerId: string
  readonly inDays: (days: number) => string
  readonly asReader: () => Promise<string>
  readonly asKeeper: () => Promise<string>
  readonly asHandler: () => Promise<string>
  readonly view: (
    versionId: string,
    rendition?: 'view' | 'thumbnail' | 'source',
  ) => ReturnType<TestRoom['desk']['page']>
}

export async function lendingRoom(options: { readonly sub?: boolean } = {}): Promise<LendingRoom> {
  let offset = 0
  const now = () => new Date(Date.now() + offset)
  const room = await openRoom(undefined, now)
  const { tree, volume } = await newCase(room, NUMBER, options.sub === true ? ['main', 'sub'] : ['main'], {
    cause: '民间借贷纠纷',
  })
  await importInto(room, volume.id, [path.join(SCANS, '正卷')], {
    table: { path: path.join(PROJECT, 'assets/sample/rows.csv') },
  })
  const ids = await staff(room, ['handler'])
  await room.call('assignments.add', { caseId: tree.case.id, accountId: ids.handler, kind: 'own' })

  await seat(room, OFFICERS.system)
  const { name, password } = READER
  const made = await room.call('accounts.create', {
    ...{ name, password, staffNumber: 'JY-0031' },
    roles: ['borrower'],
  })
  await seat(room, OFFICERS.security)
  await room.call('accounts.approve', { accountId: made.id, roles: ['borrower'], compartments: ['open'] })
  await seat(room, KEEPER)
  await room.call('accounts.deliverKeys', { accountId: made.id })
  return {
    ...room,
    clock: {
      move: (days) => {
        offset += days * DAY_MS
      },
      set: (at) => {
        offset = at.getTime() - Date.now()
      },
      now,
    },
    caseId: tree.case.id,
    volumeId: volume.id,
    pages: await room.call('pages.list', { volumeId: volume.id }),
    readerId: made.id,
    inDays: (days) => new Date(now().getTime() + days * DAY_MS).toISOString(),
    asReader: () => seat(room, READER),
    asKeeper: () => seat(room, KEEPER),
    asHandler: () => seat(room, PEOPLE.handler),
    view: (versionId, rendition = 'view') => room.desk.page(CLIENT, versionId, rendition, null),
  }
}

type Asked = Partial<InputOf<'loans.request'>>

/** Asks as the reader does: pages 3 to 6 of the main volume on the screen, for a week. */
export async function request(room: LendingRoom, asked: Asked = {}): Promise<OutputOf<'loans.request'>> {
  await room.asReader()
  return await room.call('loans.request', {
    caseNumber: NUMBER,
    extent: [{ volumeKind: 'main', book: null, pages: '3-6' }],
    purpose: '申诉准备',
    manners: ['electronic'],
    untilAt: room.inDays(7),
    ...asked,
  })
}

/** From the request to the open pages; the archivist is left at the desk. */
export async function lend(room: LendingRoom, asked: Asked = {}): Promise<OutputOf<'loans.handOut'>> {
  const { id: loanId } = await request(room, asked)
  await room.asKeeper()
  await room.call('loans.approve', { loanId })
  return await room.call('loans.handOut', { loanId })
}
