/** Backs up, verifies, prunes and restores, over and over, until it is killed: `node backup-child.ts BASE`. */
import { readdirSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { checkSet } from '../../electron/backup/repository/check-set.ts'
import { markVerified } from '../../electron/backup/repository/mark-verified.ts'
import { pruneSet } from '../../electron/backup/repository/prune.ts'
import { restoreSnapshot } from '../../electron/backup/repository/restore-set.ts'
import { readIndex } from '../../electron/backup/repository/set.ts'
import { addObjects, backUpFolder, signerFrom, VAULT_ID } from '../fixtures/backup-set.ts'

const [base = ''] = process.argv.slice(2)
const [vault, set] = [path.join(base, 'vault'), path.join(base, 'set')]
const say = (phase: string) => process.stdout.write(`${phase}\n`)
const KEPT = 3

say('ready')
for (let round = 0; ; round++) {
  // What is removed from the vault is still needed by the snapshots that have it.
  const groups = readdirSync(path.join(vault, 'objects'))
  const group = path.join(vault, 'objects', groups[round % groups.length] ?? '')
  const [victim] = readdirSync(group)
  if (victim !== undefined) await rm(path.join(group, victim))
  await addObjects(vault, 6, () => 1 + Math.floor(Math.random() * 60_000))
  say('backup')
  const { snapshotId } = await backUpFolder(vault, set, { kind: round % 3 === 2 ? 'full' : 'incremental' })
  say('verify')
  const { problems } = await checkSet(set, { depth: 'full', vaultId: VAULT_ID })
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  const index = await readIndex(set)
  const ids = index?.snapshots.map(({ id }) => id) ?? []
  await markVerified(set, VAULT_ID, new Set(ids), new Date().toISOString(), signerFrom())
  say('prune')
  await pruneSet({
    ...{ folder: set, vaultId: VAULT_ID, signer: signerFrom(), now: () => new Date() },
    remove: new Set(ids.slice(0, Math.max(0, ids.length - KEPT))),
  })
  say('restore')
  const target = path.join(base, `restored-${process.pid}`)
  await mkdir(base, { recursive: true })
  const restored = await restoreSnapshot(set, snapshotId, { target })
  if (restored.problems.length > 0) throw new Error(JSON.stringify(restored.problems))
  await rm(target, { recursive: true })
}
