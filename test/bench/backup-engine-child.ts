/** One step of the program's own backup, in a process of its own: `node backup-engine-child.ts STEP VAULT SET [TARGET]`. */
import { checkSet } from '../../electron/backup/repository/check-set.ts'
import { restoreSnapshot } from '../../electron/backup/repository/restore-set.ts'
import { snapshotIds } from '../../electron/backup/repository/set.ts'
import { backUpFolder } from '../fixtures/backup-set.ts'

const [step = '', vault = '', set = '', target = ''] = process.argv.slice(2)
switch (step) {
  case 'run': {
    const { missing } = await backUpFolder(vault, set)
    if (missing.length > 0) throw new Error('the vault lacks objects')
    break
  }
  case 'quick':
  case 'full': {
    const { problems } = await checkSet(set, { depth: step })
    if (problems.length > 0) throw new Error(JSON.stringify(problems))
    break
  }
  case 'restore': {
    const newest = (await snapshotIds(set)).at(-1) ?? ''
    const { problems } = await restoreSnapshot(set, newest, { target })
    if (problems.length > 0) throw new Error(JSON.stringify(problems))
    break
  }
  default:
    throw new Error(`no step is called ${step}`)
}
