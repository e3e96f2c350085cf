/** Restores one case over and over until it is killed: `node case-restore-child.ts ORDER`, the order being JSON. */
import { rm } from 'node:fs/promises'
import { restoreCase } from '../../electron/backup/restoring/restore-case.ts'
import { openVault } from '../../electron/vault/index.ts'

const order = JSON.parse(process.argv[2] ?? '{}')
const vault = await openVault({
  ...{ folder: order.vault, accountName: order.name, password: order.password },
  ...{ now: () => new Date(), lock: { takeOver: true } },
})
for (;;) {
  process.stdout.write('restoring\n')
  await restoreCase(order.case, {
    ...{ vault, now: () => new Date(), signal: new AbortController().signal },
    progress: ({ phase }) => {
      if (phase !== undefined) process.stdout.write(`${phase}\n`)
    },
  })
  process.stdout.write('removing\n')
  await rm(order.case.target, { recursive: true })
}
