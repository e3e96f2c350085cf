import sharp from 'sharp'
import { THUMBNAIL_SIDE } from '../../electron/intake/index.ts'
import type { ThumbnailQuestion, Work } from './child-questions.ts'

// The baseline: sharp makes the import's thumbnails and does nothing else. It reads the files itself.

async function makeThumbnails({ paths, inFlight }: ThumbnailQuestion): Promise<Work> {
  const processorBefore = process.cpuUsage()
  const began = performance.now()
  const queue = paths.values()
  const lane = async () => {
    for (const file of queue) {
      await sharp(file, { sequentialRead: true, autoOrient: true })
        .resize(THUMBNAIL_SIDE, THUMBNAIL_SIDE, { fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#ffffff' })
        .jpeg({ quality: 80 })
        .toBuffer()
    }
  }
  await Promise.all(Array.from({ length: inFlight }, lane))
  const seconds = (performance.now() - began) / 1000
  const { user, system } = process.cpuUsage(processorBefore)
  return { seconds, processorSeconds: (user + system) / 1e6 }
}

process.on('message', (message: ThumbnailQuestion & { readonly id: number }) => {
  makeThumbnails(message).then(
    (value) => process.send?.({ id: message.id, value }),
    (error: unknown) => process.send?.({ id: message.id, problem: String(error) }),
  )
})
process.send?.({ id: 0, value: {} })
