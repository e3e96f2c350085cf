import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPdfReader, openSource, type PdfReader } from '../../electron/intake/index.ts'
import { AppError } from '../../shared/errors.ts'
import { type BadFile, badFiles } from '../fixtures/bad-files.ts'
import { emptyPagesPdf, textPdf } from '../fixtures/good-files.ts'

let pdf: PdfReader
let files: readonly BadFile[]

beforeAll(async () => {
  pdf = createPdfReader()
  files = await badFiles()
})
afterAll(async () => {
  await pdf[Symbol.asyncDispose]()
})

async function codeOf(bytes: Uint8Array, name: string): Promise<string> {
  try {
    await using source = await openSource(bytes, name, { pdf })
    let pages = 0
    for await (const page of source.pages()) pages += page.bytes.length > 0 ? 1 : 0
    return `read ${pages} pages`
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return error.code
  }
}

describe('a bad file', () => {
  it('is refused with the code that names what is wrong, each of them', async () => {
    const seen: Record<string, string> = {}
    for (const file of files) seen[file.name] = await codeOf(file.bytes, file.name)
    expect(seen).toEqual(Object.fromEntries(files.map((file) => [file.name, file.code])))
  })

  it('says what it is when it is no page', async () => {
    const samples: readonly (readonly [string, Buffer])[] = [
      ['gif', Buffer.from('GIF89a\x01\0\x01\0\0\0\0', 'latin1')],
      ['webp', Buffer.from('RIFF\x10\0\0\0WEBPVP8 ', 'latin1')],
      ['heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1')],
      ['ofd', Buffer.from('PK\x03\x04\x14\0\0\0\0\0..............\x07\0\0\0OFD.xml<ofd/>', 'latin1')],
      ['docx', Buffer.from('PK\x03\x04\x14\0\0\0\0\0..............\x11\0\0\0word/document.xml', 'latin1')],
      ['zip', Buffer.from('PK\x03\x04\x14\0\0\0\0\0..............\x05\0\0\0a.bin', 'latin1')],
      ['ole', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0])],
      [
        'bmp',
        Buffer.concat([Buffer.from('BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0', 'latin1'), Buffer.alloc(40)]),
      ],
      ['text', Buffer.from('\ufeff一行文字')],
      ['unknown', Buffer.from([0, 1, 2, 3, 4, 5, 6, 7, 8])],
    ]
    for (const [detected, bytes] of samples) {
      await expect(openSource(bytes, 'page.jpg', { pdf })).rejects.toMatchObject({
        code: 'INTAKE_UNSUPPORTED_FORMAT',
        details: { detected },
      })
    }
  })

  it('costs little memory, whatever size it declares', async () => {
    const before = process.memoryUsage().rss
    for (const file of files) {
      if (file.code === 'INTAKE_IMAGE_TOO_LARGE' || file.code === 'INTAKE_TOO_MANY_PAGES') {
        await codeOf(file.bytes, file.name)
      }
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 ** 2)
  })

  it('leaves the reader fit for the next one', async () => {
    const sound = await textPdf(1)
    for (const file of files.filter(({ name }) => name.endsWith('.pdf'))) {
      await codeOf(file.bytes, file.name)
      expect(await codeOf(sound, 'sound.pdf')).toBe('read 1 pages')
    }
  })

  it('with a page box as large as a field is drawn at a bounded size', async () => {
    await using source = await openSource(emptyPagesPdf(1, 1, '0 0 200000 200000'), 'field.pdf', { pdf })
    for await (const page of source.pages()) {
      expect(page.widthPixels * page.heightPixels).toBeLessThanOrEqual(64_100_000)
      expect(page.remarks.map(({ code }) => code)).toContain('pdf-resolution-reduced')
    }
  })

  it('that keeps the engine busy for too long costs its own turn only', async () => {
    const hasty = createPdfReader({ timeoutMs: 1 })
    const bytes = await textPdf(1)
    await expect(hasty.open(bytes)).rejects.toMatchObject({
      code: 'INTAKE_UNREADABLE_FILE',
      details: { reason: 'pdf-timeout' },
    })
    await expect(hasty.open(bytes)).rejects.toMatchObject({ code: 'INTAKE_UNREADABLE_FILE' })
    await hasty[Symbol.asyncDispose]()
  })
})
