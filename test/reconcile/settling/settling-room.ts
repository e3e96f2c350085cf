import { monotonicFactory } from 'ulid'
import type { FoundDifference } from '../../../electron/reconcile/difference-desk.ts'
import { differenceDesk } from '../../../electron/reconcile/index.ts'
import { matchRecords } from '../../../electron/reconcile/records/match-records.ts'
import { paperRecords } from '../../../electron/reconcile/records/paper-records.ts'
import type { DifferenceRow } from '../../../shared/contract/differences.ts'
import type { InputOf } from '../../../shared/contract/index.ts'
import type { PageRow } from '../../../shared/contract/model.ts'
import { scansFolder } from '../../approvals/filed-case.ts'
import { jpegFile } from '../../fixtures/good-files.ts'
import { PEOPLE, seat, staff } from '../../fixtures/people.ts'
import { importInto, KEEPER, newCase, openRoom, type TestRoom } from '../../fixtures/records-room.ts'

const newId = monotonicFactory()

/** A volume with a checking under way, its people, and a way to put a fresh scan beside it. */
export interface SettlingRoom {
  readonly room: TestRoom
  readonly caseId: string
  readonly volumeId: string
  readonly subVolumeId: string
  readonly bookId: string
  readonly itemIds: readonly string[]
  readonly reconciliationId: string
  readonly ids: Readonly<Record<'clerk' | 'handler' | 'checker' | 'scanner', string>>
  readonly as: (who: keyof typeof PEOPLE | 'keeper') => Promise<void>
  readonly pages: (volumeId?: string) => Promise<readonly PageRow[]>
  /** Puts one page on the paper side, matched with a page or with none; gives its id. */
  readonly paper: (
    seed: number,
    match: { readonly page: PageRow | null; readonly moved?: boolean; readonly turn?: 0 | 90 | 180 | 270 },
  ) => Promise<string>
  readonly found: (
    type: FoundDifference['type'],
    identity: string,
    more?: Partial<FoundDifference>,
  ) => FoundDifference
  readonly file: (
    found: readonly FoundDifference[],
    method?: 'rescan' | 'sheets' | 'catalogue',
  ) => ReturnType<ReturnType<typeof differenceDesk>['file']>
  readonly rows: () => Promise<readonly DifferenceRow[]>
  readonly judge: (
    row: DifferenceRow,
    handling: InputOf<'differences.judge'>['handling'],
    more?: Partial<InputOf<'differences.judge'>>,
  ) => Promise<DifferenceRow>
  /** What the catalogue says of every page, row and version of both volumes, to the letter. */
  readonly everything: () => unknown
}

/** `pages` images in 正卷 under two rows (1–3 and the rest), and an empty 副卷. The archivist sits at the desk. */
export async function settlingRoom(pages = 6, people = true): Promise<SettlingRoom> {
  const room = await openRoom()
  const ids = people
    ? await staff(room, ['clerk', 'handler', 'checker', 'scanner'])
    : { clerk: '', handler: '', checker: '', scanner: '' }
  const { tree, volume } = await newCase(room, '（2026）云0199民初12号', ['main', 'sub'], {
    cause: '民间借贷纠纷',
    retention: 'D30',
  })
  const caseId = tree.case.id
  if (people)
    for (const [who, kind] of [
      ['clerk', 'own'],
      ['handler', 'own'],
      ['checker', 'assigned'],
      ['scanner', 'assigned'],
    ] as const)
      await room.call('assignments.add', { caseId, accountId: ids[who], kind })
  const volumeId = volume.id
  const subVolumeId = tree.volumes[1]?.id ?? ''
  await importInto(room, volumeId, [await scansFolder(pages)])
  const bookId = volume.books[0]?.id ?? ''
  const itemIds: string[] = []
  for (const title of ['民事起诉状', '答辩状'])
    itemIds.push((await room.call('items.create', { volumeId, bookId, draft: { title } })).id)
  const list = await room.call('pages.list', { volumeId })
  const assign = (pageIds: string[], itemId: string) =>
    room.call('pages.assign', { volumeId, pageIds, itemId })
  await assign(
    list.slice(0, 3).map(({ id }) => id),
    itemIds[0] ?? '',
  )
  await assign(
    list.slice(3).map(({ id }) => id),
    itemIds[1] ?? '',
  )
  const { id: reconciliationId } = await room.call('reconcile.start', { volumeId })
  const core = () => room.desk.room()
  let scanId: string | undefined
  let sequence = 0

  const paper: SettlingRoom['paper'] = async (seed, { page, moved = false, turn = 0 }) => {
    const { catalogue, vault } = core()
    const papers = paperRecords(catalogue)
    const at = new Date().toISOString()
    const stored = await vault.objects.putBuffer('open', await jpegFile({ seed: 1000 + seed }))
    if (scanId === undefined) {
      scanId = newId()
      papers.insertScan({
        id: scanId,
        reconciliationId,
        jobId: null,
        name: '重扫',
        part: false,
        duplex: false,
        at,
        by: 'x',
      })
    }
    const sourceFileId = newId()
    const file = { objectName: stored.name, sha256: stored.sha256, sizeBytes: stored.sizeBytes }
    catalogue.pages.insertSourceFile({
      ...{
        id: sourceFileId,
        volumeId,
        compartment: 'open',
        ...file,
        name: `重扫/${seed}.jpg`,
        format: 'jpeg',
      },
      ...{ frameCount: 1, remarks: [], jobId: null, importedAt: at, importedBy: 'x' },
    })
    const id = newId()
    papers.insertPages(
      [
        {
          ...{ id, reconciliationId, scanId, sourceFileId, sourceFrame: 0, compartment: 'open', ...file },
          ...{ format: 'jpeg', widthPixels: 900, heightPixels: 1260, dpiX: 300, dpiY: 300 },
          ...{ colourMode: 'colour', bitDepth: 8 },
        },
      ],
      sequence,
    )
    sequence += 1
    const records = matchRecords(catalogue)
    const others = records.list(reconciliationId)
    records.replace(reconciliationId, newId, [
      ...others,
      {
        ...{ paperPageId: id, pageId: page?.id ?? null, versionId: page?.versionId ?? null },
        ...{ kind: page === null ? 'missing' : 'same', confidence: 1, sure: true, moved, turn },
        ...{ reasons: [], candidates: [] },
      },
    ])
    return id
  }
  const desk = () =>
    differenceDesk({
      catalogue: () => core().catalogue,
      vault: () => core().vault,
      now: () => new Date(),
      newId,
    })

  return {
    ...{ room, caseId, volumeId, subVolumeId, bookId, itemIds, reconciliationId, ids, paper },
    as: async (who) => {
      await seat(room, who === 'keeper' ? KEEPER : PEOPLE[who])
    },
    pages: (id = volumeId) => room.call('pages.list', { volumeId: id }),
    found: (type, identity, more = {}) => ({
      ...{ identity, type, stage: 'acceptance', book: 1, itemId: null, paperPlace: '', electronicPlace: '' },
      ...{ paperPageId: null, pageId: null, versionId: null, matchId: null, confidence: 0.9 },
      content: { itemWords: '', paperWords: '', electronicWords: '', regions: [] },
      ...more,
    }),
    file: (found, method = 'rescan') => desk().file(reconciliationId, method, found, 'program'),
    rows: async () => (await room.call('differences.list', { filter: { volumeId } })).rows.toReversed(),
    judge: (row, handling, more = {}) =>
      room.call('differences.judge', {
        ...{ volumeId, differenceId: row.id, cause: 'overlooked', originStage: 'scanning', handling },
        ...more,
      }),
    everything: () => {
      const { sql } = core().catalogue
      return {
        pages: sql.all('SELECT * FROM page WHERE withdrawn_at IS NULL ORDER BY id'),
        turns: sql.all(
          'SELECT v.id, v.turn FROM page JOIN page_version v ON v.id = page.current_version_id WHERE withdrawn_at IS NULL ORDER BY v.id',
        ),
        items: sql.all(
          `SELECT id, book_id, sequence, template_row, title, document_number, responsible, date, first_printed,
             last_printed, remark, created_at, updated_at FROM item ORDER BY id`,
        ),
        notes: sql.all('SELECT id FROM volume_note WHERE withdrawn_at IS NULL'),
        counts: sql.all('SELECT page_count, restricted_page_count FROM case_file'),
      }
    },
  }
}

/** Signs an approval's way through: asked for by the clerk, granted by the handler. */
export async function granted(settling: SettlingRoom, planId: string): Promise<string> {
  const { room, volumeId, as } = settling
  await as('clerk')
  const { id } = await room.call('approvals.request', {
    method: 'settlements.apply',
    input: { volumeId, planId },
    reason: '纸电不符',
  })
  await as('handler')
  await room.call('approvals.decide', { id, approve: true })
  return id
}
