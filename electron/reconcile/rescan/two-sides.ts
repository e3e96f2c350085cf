import { createHash } from 'node:crypto'
import { deserialize, serialize } from 'node:v8'
import type { PageRow } from '../../../shared/contract/model.ts'
import type { PageReading } from '../../../shared/domain/page-text.ts'
import { AppError } from '../../../shared/errors.ts'
import type { VolumeRecord } from '../../catalogue/index.ts'
import { releaseBytes } from '../../release-bytes.ts'
import type { PageSignature } from '../matching/index.ts'
import type { Decision } from '../records/match-records.ts'
import type { PaperRecords, PlacedPaperPage } from '../records/paper-records.ts'
import type { ComparisonEngine } from './comparison-engine.ts'
import type { RescanParts } from './rescan-parts.ts'
import { openReading } from './sealed-content.ts'

/** One page of either side: what is needed to see and to read it. */
export interface SidePage {
  /** The image's id: of the paper page, or of the page version. */
  readonly id: string
  readonly objectName: string
  readonly reading: () => PageReading | null
}

/** The electronic page's current version as a side sees it. */
export type ElectronicPage = PageRow

/** Which two sequences, and which decisions of people, a matching is for. */
export function sidesDigest(
  paper: readonly Pick<PlacedPaperPage, 'id'>[],
  electronic: readonly Pick<PageRow, 'id' | 'versionId'>[],
  decisions: readonly Decision[],
): string {
  const digest = createHash('sha256')
  for (const { id } of paper) digest.update(`p ${id}\n`)
  for (const { id, versionId } of electronic) digest.update(`e ${id} ${versionId}\n`)
  for (const { paperPageId, pageId } of decisions) digest.update(`d ${paperPageId ?? ''} ${pageId ?? ''}\n`)
  return digest.digest('hex')
}

/** Rises when signatures are drawn in another way. */
const SIGNATURE_EDITION = 1

interface KeptSignature {
  readonly edition: number
  /** Of the reading that it was drawn with; empty without one. */
  readonly reading: string
  readonly signature: PageSignature
}

/** Gets the pages of both sides out of the vault, one at a time. */
export function twoSides(parts: RescanParts, volume: VolumeRecord, papers: PaperRecords) {
  const { vault, catalogue, texts } = parts
  const { compartment } = volume
  const image = async (objectName: string): Promise<Buffer> => {
    const object = await vault.objects.open(compartment, objectName)
    try {
      return await object.readAll()
    } finally {
      await object.close()
    }
  }
  const paperPage = ({ id, objectName }: PlacedPaperPage): SidePage => ({
    ...{ id, objectName },
    reading: () => {
      const sealed = papers.reading(id)
      return sealed === undefined ? null : openReading(vault, compartment, id, sealed)
    },
  })
  const electronicPage = ({ versionId }: ElectronicPage): SidePage => {
    const ref = catalogue.pages.imageRef(versionId)
    if (ref === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'page', id: versionId })
    return {
      ...{ id: versionId, objectName: ref.objectName },
      reading: () => texts.get(compartment, versionId) ?? null,
    }
  }
  const seen = async <T>(page: SidePage, use: (image: Buffer) => Promise<T>): Promise<T> => {
    const bytes = await image(page.objectName)
    try {
      return await use(bytes)
    } finally {
      releaseBytes(bytes)
    }
  }
  /** Drawn once: a decision of a person has all pages matched anew, but none looked at again. */
  const signature = async (
    page: SidePage,
    engine: ComparisonEngine,
    signal: AbortSignal,
  ): Promise<PageSignature> => {
    const reading = page.reading()
    const about = reading === null ? '' : `${reading.engine} ${reading.model} ${reading.lines.length}`
    const label = `signature|${page.id}`
    const bytes = await vault.objects.getDerived(compartment, label)
    const kept = bytes === undefined ? undefined : (deserialize(bytes) as KeptSignature)
    if (kept?.edition === SIGNATURE_EDITION && kept.reading === about) return kept.signature
    const drawn = await seen(page, (data) =>
      engine.run({ kind: 'sign', page: { image: data, reading } }, signal),
    )
    const keeping: KeptSignature = { edition: SIGNATURE_EDITION, reading: about, signature: drawn.signature }
    await vault.objects.putDerived(compartment, label, serialize(keeping))
    return drawn.signature
  }
  return { paperPage, electronicPage, seen, signature }
}

export type TwoSides = ReturnType<typeof twoSides>
