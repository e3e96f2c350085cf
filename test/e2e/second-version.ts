import { resolve } from 'node:path'
import { monotonicFactory } from 'ulid'
import { locateAssets } from '../../electron/assets.ts'
import { frontDesk } from '../../electron/front-desk/index.ts'

const PROJECT = resolve(import.meta.dirname, '../..')

const COPIED = `source_file_id, source_frame, compartment, object_name, format, width_pixels, height_pixels, dpi_x,
  dpi_y, colour_mode, bit_depth, size_bytes, sha256, archival_name, created_by`

interface SecondVersion {
  readonly vault: string
  readonly accountName: string
  readonly password: string
  readonly pageId: string
  /** The page whose image the new version takes. */
  readonly likePageId: string
}

/** Gives a page a second version straight in the catalogue: no screen makes one yet. Nobody may be signed in. */
export async function giveSecondVersion(wanted: SecondVersion): Promise<void> {
  const newId = monotonicFactory()
  const desk = frontDesk({
    assets: locateAssets(PROJECT),
    shippedTemplates: [],
    now: () => new Date(),
    newId,
    emit: () => undefined,
    onFault: (operation, error) => console.warn(operation, error),
  })
  const { vault, accountName, password, pageId, likePageId } = wanted
  const entered = await desk.call(1, 'session.signIn', { folder: vault, accountName, password })
  if (!entered.ok) throw new Error(entered.error.code)
  try {
    const { sql } = desk.room().catalogue
    const id = newId()
    sql.transaction(() => {
      sql.run(
        `INSERT INTO page_version (id, page_id, number, reason, created_at, ${COPIED})
         SELECT ?, ?, 2, '补扫', ?, ${COPIED} FROM page_version WHERE page_id = ?`,
        ...[id, pageId, new Date().toISOString(), likePageId],
      )
      sql.run('UPDATE page SET current_version_id = ? WHERE id = ?', id, pageId)
    })
  } finally {
    await desk.close()
  }
}
