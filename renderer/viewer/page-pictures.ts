import { AppError } from '../../shared/errors.ts'
import { failureOf, pageAddress } from './page-address.ts'

export type Picture =
  | { readonly state: 'waiting'; readonly settled: Promise<void> }
  | { readonly state: 'ready'; readonly url: string; readonly decoded: HTMLImageElement | undefined }
  | { readonly state: 'failed'; readonly error: AppError }

/** Pictures of pages in memory: the shown ones, their neighbours and the last few seen. */
export interface PagePictures {
  /** The picture as it is now; begins to fetch it when it is not there. */
  readonly of: (versionId: string) => Picture
  /** Fetches and decodes before it is asked for. */
  readonly prepare: (versionId: string) => void
  readonly forget: (versionId: string) => void
  readonly clear: () => void
}

async function fetchPicture(versionId: string): Promise<string> {
  const response = await fetch(pageAddress(versionId, 'view')).catch((cause: unknown) => {
    throw new AppError('CORE_STOPPED', {}, { retryable: true, cause })
  })
  if (!response.ok) throw failureOf(response)
  return URL.createObjectURL(await response.blob())
}

/**
 * Answers of the page scheme are never stored, so an `<img>` would fetch the same page again at every turn. Here
 * at most `room` pictures are held, the least recently used one goes first.
 */
export function createPagePictures(room: number): PagePictures {
  const pictures = new Map<string, Picture>()

  const forget = (versionId: string) => {
    const picture = pictures.get(versionId)
    pictures.delete(versionId)
    if (picture?.state === 'ready') URL.revokeObjectURL(picture.url)
  }
  const begin = (versionId: string): Picture => {
    const settle = (picture: Picture) => {
      if (pictures.get(versionId) === waiting) pictures.set(versionId, picture)
      else if (picture.state === 'ready') URL.revokeObjectURL(picture.url)
    }
    const settled = fetchPicture(versionId).then(
      (url) => settle({ state: 'ready', url, decoded: undefined }),
      (error: unknown) =>
        settle({
          state: 'failed',
          error: error instanceof AppError ? error : new AppError('CALL_INTERNAL', {}, { cause: error }),
        }),
    )
    const waiting: Picture = { state: 'waiting', settled }
    pictures.set(versionId, waiting)
    for (const oldest of pictures.keys()) {
      if (pictures.size <= room) break
      forget(oldest)
    }
    return waiting
  }
  const of = (versionId: string): Picture => {
    const known = pictures.get(versionId)
    if (known === undefined) return begin(versionId)
    pictures.delete(versionId)
    pictures.set(versionId, known)
    return known
  }
  const decode = async (versionId: string) => {
    const picture = pictures.get(versionId)
    if (picture?.state !== 'ready' || picture.decoded !== undefined) return
    const image = new Image()
    image.src = picture.url
    pictures.set(versionId, { ...picture, decoded: image })
    await image.decode()
  }

  return {
    of,
    prepare: (versionId) => {
      const picture = of(versionId)
      const ready = picture.state === 'waiting' ? picture.settled : Promise.resolve()
      // A picture that cannot be decoded says so when it is shown.
      ready.then(() => decode(versionId)).catch(() => undefined)
    },
    forget,
    clear: () => {
      for (const versionId of [...pictures.keys()]) forget(versionId)
    },
  }
}
