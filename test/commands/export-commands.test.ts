import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { run } from '../fixtures/command-line.ts'
import { jpegFile } from '../fixtures/good-files.ts'
import { freshFolder, importInto, KEEPER, newCase, openRoom } from '../fixtures/records-room.ts'
import { readPdf } from '../forms/read-pdf.ts'

const NUMBER = '（2024）云0199民初1号'

test('the command line exports a volume, names what has no text, and says what is wrong with its use', {
  timeout: 120_000,
}, async () => {
  const home = await freshFolder()
  const scans = path.join(home, 'scans')
  await mkdir(scans)
  for (const seed of [1, 2, 3]) await writeFile(path.join(scans, `${seed}.jpg`), await jpegFile({ seed }))
  const room = await openRoom()
  const { volume } = await newCase(room, NUMBER)
  await importInto(room, volume.id, [scans])
  await room.desk.close()
  await mkdir(path.join(home, 'out'))
  const common = ['--vault', room.folder, '--user', KEEPER.name]
  const words = ['export', NUMBER, '--as', 'pdf', '--to', 'out', '--purpose', '移送上级法院']

  const asked = await run([...words, '--volume', '正卷', '--json', ...common], { folder: home })
  expect({ code: asked.code, err: asked.err }).toEqual({ code: 0, err: '' })
  expect(JSON.parse(asked.out)).toMatchObject({
    ...{ pageCount: 3, fileCount: 1, volumesLeftOut: 0, failed: [] },
    files: ['2024_云0199_民初_00001_正_p1-3.pdf'],
    job: { state: 'succeeded', tally: { exported: 1, unread: 3 } },
  })
  const shown = await run([...words, ...common], { folder: home })
  expect(shown.code).toBe(0)
  expect(shown.out).toContain('3 页未识别')
  const names = await readdir(path.join(home, 'out'))
  expect(names.sort()).toEqual(['2024_云0199_民初_00001_正_p1-3.pdf', '2024_云0199_民初_00001_正_p1-3_2.pdf'])
  for (const name of names) readPdf(await readFile(path.join(home, 'out', name)))

  for (const wrong of [
    ['--as', 'bagit'],
    ['--volume', '第九卷'],
    ['--item', '1'],
    ['--files', 'each'],
  ]) {
    const { code, out, err } = await run([...words, ...wrong, ...common], { folder: home })
    expect({ wrong, code, out }).toEqual({ wrong, code: 2, out: '' })
    expect(err).not.toBe('')
  }
  const none = await run([...words, '--to', 'none', ...common], { folder: home })
  expect(none.code).toBe(3)
  expect(none.out).toContain('SYSTEM_FILE_MISSING')
})
