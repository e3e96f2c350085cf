import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { run } from '../../fixtures/command-line.ts'
import { freshFolder, KEEPER, reopen } from '../../fixtures/records-room.ts'
import { addDifference, checkedVolume, NUMBER, prove } from './checked-volume.ts'

test('the command line accepts a report, JSON or PDF, and refuses it once one page is changed', {
  timeout: 180_000,
}, async () => {
  const checked = await checkedVolume(2)
  const { room, volumeId, pages } = checked
  addDifference(checked)
  const reportId = await prove(checked)
  const folder = await freshFolder()
  const [json, pdf] = [path.join(folder, 'report.json'), path.join(folder, 'report.pdf')]
  await room.call('proofs.export', { volumeId, reportId, format: 'json', path: json })
  await room.call('proofs.export', { volumeId, reportId, format: 'pdf', path: pdf })
  await room.desk.close()

  const common = ['--vault', room.folder, '--user', KEEPER.name, '--json']
  const verify = async (file: string) => {
    const { code, out } = await run(['reconcile', 'verify', file, ...common])
    const shown = JSON.parse(out === '' ? '{}' : out) as { points?: { code: string; ok: boolean }[] }
    return { code, failing: shown.points?.filter(({ ok }) => !ok).map((point) => point.code) }
  }
  expect(await verify(json)).toEqual({ code: 0, failing: [] })
  expect(await verify(pdf)).toEqual({ code: 0, failing: [] })
  const listed = await run(['reconcile', 'reports', NUMBER, ...common])
  expect(JSON.parse(listed.out)).toMatchObject({
    volumes: [{ proof: { reportId, stands: true }, reports: [{ id: reportId, pages: 2 }] }],
  })

  // One character of the file.
  const altered = path.join(folder, 'altered.json')
  await writeFile(altered, (await readFile(json, 'utf8')).replace('起诉状', '起诉伏'))
  expect(await verify(altered)).toEqual({
    code: 1,
    failing: ['signature', 'sealed', 'recorded', 'catalogue'],
  })

  // One page.
  const again = await reopen(room.folder)
  await again.call('pages.setTurn', { volumeId, pageIds: [pages[1]?.id ?? ''], turn: 180 })
  await again.desk.close()
  expect(await verify(json)).toEqual({ code: 1, failing: ['order', 'stands'] })
})
