import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { monotonicFactory } from 'ulid'
import type { CoreEvent } from '../shared/contract/index.ts'
import { AppError } from '../shared/errors.ts'
import { locateAssets } from './assets.ts'
import { requireNodeVersion } from './catalogue/index.ts'
import { runCommandLine } from './commands/index.ts'
import { log } from './core-log.ts'
import { frontDesk } from './front-desk/index.ts'
import { readShippedTemplates } from './intake/index.ts'

async function main(): Promise<number> {
  requireNodeVersion(process.versions.node)
  // The sources stand in electron/, the bundle in dist/: the project's folder is one up from either.
  const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }
  const assets = locateAssets(root)
  const listeners: ((event: CoreEvent) => void)[] = []
  const desk = frontDesk({
    assets,
    shippedTemplates: await readShippedTemplates(assets.templates),
    now: () => new Date(),
    newId: monotonicFactory(),
    emit: (event) => {
      for (const listener of listeners) listener(event)
    },
    onFault: (operation, error) => log.error(operation, error),
  })
  try {
    return await runCommandLine(process.argv.slice(2), {
      desk,
      onEvent: (listener) => listeners.push(listener),
      assetsRoot: path.join(root, 'assets'),
      version,
    })
  } finally {
    await desk.close()
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  // Before the command line is up: an old Node, or a program folder with something missing.
  const known = error instanceof AppError ? error : new AppError('CALL_INTERNAL', { method: 'start' })
  process.stderr.write(`${known.code} ${JSON.stringify(known.details)}\n`)
  process.exitCode = 3
}
