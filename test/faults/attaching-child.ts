/** Attaches a sheet, replaces it and takes it away, over and over, until it is killed: `node attaching-child.ts FOLDER NAME PASSWORD INPUT`. */
import { monotonicFactory } from 'ulid'
import { locateAssets } from '../../electron/assets.ts'
import { frontDesk } from '../../electron/front-desk/index.ts'
import type { InputOf, MethodName, OutputOf } from '../../shared/contract/index.ts'

const CLIENT = 7
const [folder = '', accountName = '', password = '', input = '{}'] = process.argv.slice(2)
const { paths, ...one } = JSON.parse(input) as InputOf<'differences.attach'>
const [first = '', second = ''] = paths

const desk = frontDesk({
  assets: locateAssets(process.cwd()),
  shippedTemplates: [],
  now: () => new Date(),
  newId: monotonicFactory(),
  emit: () => undefined,
  onFault: (operation, error) => console.error(operation, error),
})
async function call<M extends MethodName>(method: M, given: InputOf<M>): Promise<OutputOf<M>> {
  const result = await desk.call(CLIENT, method, given)
  if (!result.ok) throw new Error(`${method}: ${result.error.code} ${JSON.stringify(result.error.details)}`)
  return result.value as OutputOf<M>
}

await call('session.signIn', { folder, accountName, password, takeOverLock: true })
const known = (await call('differences.list', { filter: { volumeId: one.volumeId } })).rows[0]
for (const { id } of known?.attachments ?? []) await call('differences.detach', { ...one, attachmentId: id })
for (;;) {
  const { attachments } = await call('differences.attach', { ...one, paths: [first] })
  console.log('attached')
  const replaces = attachments[0]?.id ?? ''
  const after = await call('differences.attach', { ...one, paths: [second], replaces })
  await call('differences.detach', { ...one, attachmentId: after.attachments[0]?.id ?? '' })
}
