import { AppError } from '../../../shared/errors.ts'
import { imageRefIn } from '../../catalogue/index.ts'
import { pageImages } from '../../intake/index.ts'
import type { OpenVault } from '../../vault/index.ts'
import { pageWithVersion } from './page-versions.ts'
import type { OpenedSnapshot } from './snapshot-catalogues.ts'

/** A picture as it crosses to the screen. */
export interface PagePicture {
  readonly mediaType: string
  readonly base64: string
}

/**
 * What a page showed, read from the medium and opened in memory: nothing of it is written anywhere. Throws
 * CATALOGUE_NOT_FOUND, VAULT_COMPARTMENT_CLOSED and VAULT_OBJECT_*.
 */
export async function pictureThen(
  { vault }: { readonly vault: OpenVault },
  { folder, sql }: OpenedSnapshot,
  pageId: string,
): Promise<PagePicture> {
  const shown = pageWithVersion(sql, pageId)
  if (shown === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'page', id: pageId })
  const { open } = vault.objectsIn(folder)
  const images = pageImages(
    { pages: { imageRef: (versionId) => imageRefIn(sql, versionId) } },
    {
      compartments: vault.compartments,
      objects: { open, getDerived: async () => undefined, putDerived: async () => undefined },
    },
  )
  const { mediaType, bytes } = await images.read(String(shown.version_id), 'view', null)
  return { mediaType, base64: Buffer.from(bytes).toString('base64') }
}
