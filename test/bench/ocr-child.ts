import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { createPageReader } from '../../electron/recognition/index.ts'
import { plainText } from '../../shared/domain/page-text.ts'
import { projectRoot } from './project-root.ts'

// Reads the pages named on the command line with two readers of one thread each
// and prints their texts as JSON.
const files = process.argv.slice(2)
const modelsFolder = path.join(projectRoot, 'node_modules', '@gutenye', 'ocr-models', 'assets')
/** A busy machine must not end the run. */
const PATIENCE_MS = 900_000
const texts = files.map(() => '')
const queue = files.entries()

async function lane(): Promise<void> {
  const reader = createPageReader({ modelsFolder, threads: 1, timeoutMs: PATIENCE_MS })
  for (const [index, file] of queue) {
    const { lines } = await reader.read(await readFile(file))
    texts[index] = plainText(lines)
  }
  await reader.close()
}

await Promise.all([lane(), lane()])
process.stdout.write(JSON.stringify(texts))
