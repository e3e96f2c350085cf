/** Writes to a vault without end until it is killed; says on its channel what it was promised to be durable. */
import { randomBytes } from 'node:crypto'
import { openVault } from '../../electron/vault/index.ts'

const [folder = '', accountName = '', password = '', work = ''] = process.argv.slice(2)

async function main(): Promise<void> {
  const vault = await openVault({
    folder,
    accountName,
    password,
    now: () => new Date(),
    lock: { takeOver: true },
  })
  process.send?.({ result: 'opened' })
  for (let turn = 0; ; turn += 1) {
    if (work === 'header') {
      await vault.renameAccount(vault.account.accountId, `${accountName}${turn % 2 === 0 ? ' ' : ''}`)
      process.send?.({ result: 'written' })
      continue
    }
    const batch = vault.objects.batch()
    const contents = Array.from({ length: 4 }, () => randomBytes(200_000))
    const stored = await Promise.all(contents.map((content) => batch.putBuffer('open', content)))
    await batch.commit()
    process.send?.({ result: 'written', names: stored.map((object) => object.name) })
  }
}

void main()
