import sharp from 'sharp'
import type { Turn } from '../../shared/domain/page-text.ts'

/** An image as it is shown: put upright where a person said how it stands; otherwise the same bytes. */
export async function uprightImage(image: Uint8Array, turn: Turn = 0): Promise<Uint8Array> {
  return turn === 0 ? image : await sharp(image).rotate(turn).jpeg({ quality: 90 }).toBuffer()
}
