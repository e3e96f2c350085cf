import { expect, test } from 'vitest'
import { freshMedium, roomWithPages } from '../fixtures/backup-room.ts'
import { run } from '../fixtures/command-line.ts'
import { KEEPER } from '../fixtures/records-room.ts'

test('the system’s scheduler backs up what is due, with the password on a descriptor and never from the environment', async () => {
  const { room } = await roomWithPages(1)
  await freshMedium(room)
  await room.desk.close()
  const due = async (input: string | undefined, ...more: string[]) => {
    const words = ['backup', 'due', '--run', '--vault', room.folder, '--user', KEEPER.name, '--json', ...more]
    const { code, out } = await run(words, input === undefined ? {} : { password: undefined, input })
    return { code, answer: out === '' ? undefined : JSON.parse(out) }
  }
  // The environment alone has it.
  expect((await due(undefined)).code).toBe(2)
  expect((await due('wrong-one-7\n')).code).toBe(3)
  const full = { mediumNumber: 'C-01', kind: 'full', state: 'succeeded' }
  expect(await due(`${KEEPER.password}\n`)).toMatchObject({
    code: 0,
    answer: { overdue: false, ran: [full] },
  })
  expect(await due(KEEPER.password, '--password-fd', '0')).toMatchObject({ code: 0, answer: { ran: [] } })
}, 240_000)
