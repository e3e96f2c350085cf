import type { ByteRange, PageRendition, PageResult } from '../../shared/contract/index.ts'
import { AppError } from '../../shared/errors.ts'
import type { Catalogue, PageImageRef } from '../catalogue/index.ts'
import type { ObjectStore, OpenVault } from '../vault/index.ts'
import { makeThumbnail, renderView } from './decode-image.ts'
import { type GroupFourData, groupFourData } from './group-four-data.ts'
import { thumbnailLabel } from './import-sources.ts'
import { inspectSource } from './inspect.ts'
import type { ImageFormat, ImageFrame } from './source-format.ts'

type Served = Extract<PageResult, { readonly ok: true }>

/** A page version as the vault keeps it, with what its headers say. */
export interface StoredPage {
  readonly bytes: Uint8Array
  readonly format: ImageFormat
  readonly frame: ImageFrame
  /** Of a bitonal TIFF in one strip of CCITT group 4. */
  readonly groupFour: GroupFourData | undefined
}

/** Serves page images to the viewer: what the vault holds, or what is made of it and kept sealed beside it. */
export interface PageImages {
  /**
   * @throws CATALOGUE_NOT_FOUND, VAULT_COMPARTMENT_CLOSED, VAULT_OBJECT_*, SYSTEM_RANGE_UNSATISFIABLE
   */
  readonly read: (versionId: string, rendition: PageRendition, range: ByteRange | null) => Promise<Served>
  /** The bytes are the caller's own. Throws as `read` does, and INTAKE_UNREADABLE_FILE. */
  readonly stored: (versionId: string) => Promise<StoredPage>
}

const SOURCE_MEDIA_TYPES: Readonly<Record<string, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  tiff: 'image/tiff',
  pdf: 'application/pdf',
}
/** What Chromium shows by itself; the rest is drawn for it once. */
const SHOWN_AS_IS: ReadonlySet<string> = new Set(['jpeg', 'png'])
/** A range request never brings more than this into memory at once. */
const LARGEST_PIECE = 16 * 1024 * 1024

function cut(
  sizeBytes: number,
  range: ByteRange | null,
): { readonly start: number; readonly end: number } | null {
  if (range === null) return null
  if (range.start >= sizeBytes) throw new AppError('SYSTEM_RANGE_UNSATISFIABLE', { sizeBytes })
  const wanted = Math.min(range.end ?? sizeBytes - 1, sizeBytes - 1)
  return { start: range.start, end: Math.min(wanted, range.start + LARGEST_PIECE - 1) }
}

function whole(bytes: Uint8Array, mediaType: string, range: ByteRange | null): Served {
  const piece = cut(bytes.byteLength, range)
  const shown = piece === null ? bytes : bytes.subarray(piece.start, piece.end + 1)
  return { ok: true, mediaType, sizeBytes: bytes.byteLength, range: piece, bytes: shown }
}

/** Where images lie: a vault, or a medium that has the vault's objects. */
export interface ImagePlace extends Pick<OpenVault, 'compartments'> {
  readonly objects: Pick<ObjectStore, 'open' | 'getDerived' | 'putDerived'>
}

export function pageImages(
  catalogue: { readonly pages: Pick<Catalogue['pages'], 'imageRef'> },
  vault: ImagePlace,
): PageImages {
  const refOf = (versionId: string): PageImageRef => {
    const ref = catalogue.pages.imageRef(versionId)
    if (ref === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'page', id: versionId })
    if (!vault.compartments.has(ref.compartment)) {
      throw new AppError('VAULT_COMPARTMENT_CLOSED', { compartment: ref.compartment })
    }
    return ref
  }

  const fromObject = async (ref: PageImageRef, name: string, mediaType: string, range: ByteRange | null) => {
    const reader = await vault.objects.open(ref.compartment, name)
    try {
      const piece = cut(reader.sizeBytes, range)
      const bytes = piece === null ? await reader.readAll() : await reader.read(piece.start, piece.end + 1)
      return { ok: true, mediaType, sizeBytes: reader.sizeBytes, range: piece, bytes } satisfies Served
    } finally {
      await reader.close()
    }
  }

  const imageOf = async (ref: PageImageRef) => {
    const { bytes } = await fromObject(ref, ref.objectName, '', null)
    const { frames, format } = inspectSource(bytes, '')
    const [frame] = frames
    if (frame === undefined || format === 'pdf')
      throw new AppError('INTAKE_UNREADABLE_FILE', { reason: 'no-pixels' })
    return { bytes, frame, format }
  }

  /** Makes what is missing and keeps it; a lost derived object is only slower, never an error. */
  const derived = async (ref: PageImageRef, label: string, make: () => Promise<Uint8Array>) => {
    const kept = await vault.objects.getDerived(ref.compartment, label)
    if (kept !== undefined) return kept
    const made = await make()
    try {
      await vault.objects.putDerived(ref.compartment, label, made)
    } catch (error) {
      // A full or write-protected disk: the page is shown all the same, and made anew the next time.
      if (!(error instanceof AppError) || !error.code.startsWith('SYSTEM_')) throw error
    }
    return made
  }

  return {
    stored: async (versionId) => {
      const { bytes, frame, format } = await imageOf(refOf(versionId))
      return { bytes, frame, format, groupFour: groupFourData(bytes, format, frame) }
    },
    read: async (versionId, rendition, range) => {
      const ref = refOf(versionId)
      switch (rendition) {
        case 'thumbnail': {
          const bytes = await derived(ref, thumbnailLabel(versionId), async () => {
            const { bytes: image, frame } = await imageOf(ref)
            return (await makeThumbnail(image, frame)).bytes
          })
          return whole(bytes, 'image/jpeg', range)
        }
        case 'view': {
          if (SHOWN_AS_IS.has(ref.format)) {
            return await fromObject(ref, ref.objectName, SOURCE_MEDIA_TYPES[ref.format] ?? '', range)
          }
          let mediaType: string | undefined
          const bytes = await derived(ref, `view|${versionId}`, async () => {
            const { bytes: image, frame } = await imageOf(ref)
            const view = await renderView(image, frame)
            mediaType = view.mediaType
            return view.bytes
          })
          // A PNG begins with 0x89, a JPEG with 0xFF: the kept bytes say themselves which they are.
          mediaType ??= bytes[0] === 0x89 ? 'image/png' : 'image/jpeg'
          return whole(bytes, mediaType, range)
        }
        case 'source': {
          // The whole file shows pages that who reads this one may not read.
          if (ref.sourceCompartment !== ref.compartment)
            throw new AppError('VAULT_COMPARTMENT_CLOSED', { compartment: ref.sourceCompartment })
          const mediaType = SOURCE_MEDIA_TYPES[ref.sourceFormat] ?? 'application/octet-stream'
          return await fromObject(ref, ref.sourceObjectName, mediaType, range)
        }
      }
    },
  }
}
