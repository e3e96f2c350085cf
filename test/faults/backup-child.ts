/** Backs up, prunes and restores, over and over, until it is killed: `node backup-child.ts BASE START`. */
import { readdirSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { checkSet } from '../../electron/backup/repository/check-set.ts'
import { markVerified } from '../../electron/backup/repository/mark-verified.ts'
import { pruneSet } from '../../electron/backup/repository/prune.ts'
import { restoreSnapshot } from '../../electron/backup/repository/restore-set.ts'
import { readIndex } from '../../electron/backup/repository/set.ts'
import { addObjects, backUpFolder, signerFrom, VAULT_ID } from '../fixtures/backup-set.ts'

const [base = '', start = '0'] = process.argv.slice(2)
const [vault, set] = [path.join(base, 'vault'), path.join(base, 'set')]
const say = (phase: string) => process.stdout.write(`${phase}\n`)
const KEPT = 3

const steps = ['backup', 'prune', 'restore'] as const

async function backUpChanged(round: number): Promise<void> {
  // What is removed from the vault is still needed by the snapshots that have it.
  const groups = readdirSync(path.join(vault, 'objects'))
  const group = path.join(vault, 'objects', groups[round % groups.length] ?? '')
  const [victim] = readdirSync(group)
  if (victim !== undefined) await rm(path.join(group, victim))
  await addObjects(vault, 6, () => 1 + Math.floor(Math.random() * 60_000))
  await backUpFolder(vault, set, { kind: round % 3 === 2 ? 'full' : 'incremental' })
}

async function verifyAndPrune(): Promise<void> {
  const { problems, snapshots } = await checkSet(set, { depth: 'quick', vaultId: VAULT_ID })
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  await markVerified(set, VAULT_ID, new Set(snapshots), new Date().toISOString(), signerFrom())
  await pruneSet({
    ...{ folder: set, vaultId: VAULT_ID, signer: signerFrom(), now: () => new Date() },
    remove: new Set(snapshots.slice(0, Math.max(0, snapshots.length - KEPT))),
  })
}

async function restoreNewest(): Promise<void> {
  const target = path.join(base, `restored-${process.pid}`)
  const newest = (await readIndex(set))?.snapshots.at(-1)?.id ?? ''
  const { problems } = await restoreSnapshot(set, newest, { target })
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  // What is being cleared away is told from what is being restored.
  const done = path.join(base, `done-${process.pid}`)
  await rename(target, done)
  await rm(done, { recursive: true })
}

say('ready')
for (let round = Number(start); ; round++) {
  const step = steps[round % steps.length] ?? 'backup'
  say(step)
  if (step === 'backup') await backUpChanged(round)
  else if (step === 'prune') await verifyAndPrune()
  else await restoreNewest()
}
