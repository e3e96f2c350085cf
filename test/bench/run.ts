import { parseArgs } from 'node:util'
import { type BenchOptions, type BenchResult, benchDocument, benchLines, keepResult } from './report.ts'

const BENCHES: Readonly<Record<string, () => Promise<(options: BenchOptions) => Promise<BenchResult>>>> = {
  import: async () => (await import('./import.ts')).importBench,
  backup: async () => (await import('./backup.ts')).backupBench,
  audit: async () => (await import('./audit.ts')).auditBench,
  ocr: async () => (await import('./ocr.ts')).ocrBench,
  reconcile: async () => (await import('./reconcile.ts')).reconcileBench,
  search: async () => (await import('./search.ts')).searchBench,
}

const RESULTS = new URL('./results/', import.meta.url)

function usage(problem: string): 2 {
  process.stderr.write(
    `${problem}\nUsage: npm run bench -- <${Object.keys(BENCHES).join('|')}> [--json] [--scale 0.1]\n`,
  )
  return 2
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, scale: { type: 'string', default: '1' } },
  })
  const [name = '', ...more] = positionals
  const load = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined
  const scale = Number(values.scale)
  if (load === undefined || more.length > 0)
    return usage(`No benchmark is called "${positionals.join(' ')}".`)
  if (!(scale > 0 && scale <= 1)) return usage('--scale is a number above 0 and up to 1.')
  const say = (line: string) => {
    process.stderr.write(`${line}\n`)
  }
  const bench = await load()
  const document = benchDocument(name, scale, await bench({ scale, say }))
  await keepResult(document, RESULTS)
  process.stdout.write(
    values.json ? `${JSON.stringify(document, null, 2)}\n` : `${benchLines(document).join('\n')}\n`,
  )
  return 0
}

process.exitCode = await main()
