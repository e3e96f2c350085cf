/** Applies a plan and undoes it, over and over, until it is killed: `node settling-child.ts FOLDER NAME PASSWORD INPUT`. */
import { monotonicFactory } from 'ulid'
import { locateAssets } from '../../electron/assets.ts'
import { frontDesk } from '../../electron/front-desk/index.ts'
import type { InputOf, MethodName, OutputOf } from '../../shared/contract/index.ts'

const CLIENT = 7
const [folder = '', accountName = '', password = '', input = '{}'] = process.argv.slice(2)
const prepare = JSON.parse(input) as InputOf<'settlements.prepare'>
const { volumeId } = prepare

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
const [newest] = await call('settlements.list', { volumeId })
if (newest?.state === 'applied')
  await call('settlements.undo', { volumeId, planId: newest.id, reason: '重来' })
let planId = newest?.state === 'prepared' ? newest.id : undefined
for (;;) {
  planId ??= (await call('settlements.prepare', prepare)).id
  await call('settlements.apply', { volumeId, planId })
  await call('settlements.undo', { volumeId, planId, reason: '重来' })
  planId = undefined
}
