import { useEffect } from 'react'
import type { PagePictures } from './page-pictures.ts'

/** Tells once the picture has come, or failed to; nothing while `versionId` is undefined. */
export function useFirstSettled(
  pictures: PagePictures,
  versionId: string | undefined,
  onSettled: (() => void) | undefined,
): void {
  useEffect(() => {
    if (versionId === undefined || onSettled === undefined) return
    const picture = pictures.of(versionId)
    if (picture.state !== 'waiting') return onSettled()
    let wanted = true
    picture.settled.then(
      () => wanted && onSettled(),
      () => wanted && onSettled(),
    )
    return () => {
      wanted = false
    }
  }, [versionId, onSettled, pictures])
}
