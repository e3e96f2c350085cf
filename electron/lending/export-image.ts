import { AppError } from '../../shared/errors.ts'
import type { StoredImage } from '../forms/index.ts'
import { inspectSource, type PageImages } from '../intake/index.ts'
import { drawWatermark } from './watermark-image.ts'
import type { WatermarkWords } from './watermark-words.ts'

/**
 * A page's image as it goes out: the stored bytes, or, of what is lent, a copy with the mark in its pixels. Throws as
 * {@link PageImages} does, and INTAKE_UNREADABLE_FILE for what cannot be decoded.
 */
export async function storedImage(
  images: PageImages,
  versionId: string,
  mark: { readonly words: WatermarkWords; readonly font: string } | null,
): Promise<StoredImage> {
  const { bytes, format, frame, groupFour } = await images.stored(versionId)
  const { orientation, widthPixels, heightPixels, colourMode } = frame
  const plain: StoredImage = {
    ...{ bytes, format, orientation, colourMode, widthPixels, heightPixels, groupFour },
    dpiX: frame.dpiX ?? null,
    dpiY: frame.dpiY ?? null,
  }
  if (mark === null) return plain
  try {
    const { bytes: view } = await images.read(versionId, 'view', null)
    const marked = await drawWatermark(view, mark.words, mark.font)
    const [drawn] = inspectSource(marked, '').frames
    const lying = orientation >= 5
    return {
      ...{ bytes: marked, format: 'jpeg', orientation: 1, colourMode: 'colour' },
      widthPixels: drawn?.widthPixels ?? widthPixels,
      heightPixels: drawn?.heightPixels ?? heightPixels,
      dpiX: lying ? plain.dpiY : plain.dpiX,
      dpiY: lying ? plain.dpiX : plain.dpiY,
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('INTAKE_UNREADABLE_FILE', { reason: 'decode-failed' }, { cause: error })
  }
}
