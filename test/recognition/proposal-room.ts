import type { PageSpec } from '../../assets/sample/generator/page/marks.ts'
import type { InputOf, OutputOf } from '../../shared/contract/index.ts'
import type { PageRow } from '../../shared/contract/model.ts'
import type { VolumeKind } from '../../shared/domain/volume-kind.ts'
import { scansFolder } from '../approvals/filed-case.ts'
import { type DrawnOptions, drawnReading } from '../fixtures/recognition/drawn-text.ts'
import { sampleVolume } from '../fixtures/recognition/sample-volumes.ts'
import { importInto, newCase, type TestRoom } from '../fixtures/records-room.ts'

export type Proposal = OutputOf<'proposals.list'>['proposals'][number]

/** The drawn page of the sample with an id as the sample's truth has it: main-005. */
export function samplePage(id: string): PageSpec {
  const volume = sampleVolume(id.startsWith('main') ? 'main' : 'inner')
  const page = volume.planned.find((planned) => planned.id === id)
  if (page === undefined) throw new Error(`the sample has no page ${id}`)
  return page.spec
}

/** Files what would have been read on pages, as the queue does it. */
export function fileTexts(
  room: TestRoom,
  volumeId: string,
  pages: readonly PageRow[],
  specs: readonly (readonly [PageSpec, DrawnOptions?])[],
): void {
  const { texts, proposals, catalogue } = room.desk.room()
  const { compartment, caseId } = catalogue.volumes.require(volumeId)
  for (const [at, [spec, options]] of specs.entries()) {
    const page = pages[at]
    if (page === undefined) throw new Error('more texts than pages')
    const { id: pageId, versionId } = page
    const text = {
      ...drawnReading(spec, options),
      ...{ pageId, versionId, volumeId, caseId, readAt: '2026-11-23T08:00:00.000Z' },
    }
    texts.put(compartment, text)
    proposals.readPage(compartment, text)
  }
}

export interface ReadVolume {
  readonly caseId: string
  readonly volumeId: string
  readonly pages: readonly PageRow[]
  readonly list: (options?: Partial<InputOf<'proposals.list'>>) => Promise<OutputOf<'proposals.list'>>
  readonly of: (kind: Proposal['kind']) => Promise<readonly Proposal[]>
}

/** A case of the sample's parties whose pages were imported and read. */
export async function readVolume(
  room: TestRoom,
  specs: readonly (readonly [PageSpec, DrawnOptions?])[],
  kind: VolumeKind = 'main',
): Promise<ReadVolume> {
  const { tree, volume } = await newCase(room, '（2023）云0199民初1024号', [kind], {
    cause: '民间借贷纠纷',
    parties: [
      { role: 'plaintiff', name: '王小样' },
      { role: 'defendant', name: '李样本' },
      { role: 'defendant', name: '云州样例商贸有限公司' },
    ],
  })
  await importInto(room, volume.id, [await scansFolder(specs.length)])
  const pages = await room.call('pages.list', { volumeId: volume.id })
  fileTexts(room, volume.id, pages, specs)
  const list: ReadVolume['list'] = (options = {}) =>
    room.call('proposals.list', { volumeId: volume.id, ...options })
  return {
    caseId: tree.case.id,
    volumeId: volume.id,
    pages,
    list,
    of: async (wanted) => (await list()).proposals.filter((proposal) => proposal.kind === wanted),
  }
}
