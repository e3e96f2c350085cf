// All checks that run nothing of the program: one line each, details only for what fails. `--fix` lets Biome mend.
import { spawn } from 'node:child_process'
import { environment, fromRoot, productNode, projectRoot } from './project.mjs'

const bin = (...parts) => fromRoot('node_modules', ...parts)
const checks = [
  { name: 'types', command: [bin('typescript', 'bin', 'tsc'), '--noEmit', '--pretty', 'false'] },
  {
    name: 'lint',
    command: [
      bin('@biomejs', 'biome', 'bin', 'biome'),
      'check',
      '--diagnostic-level=error',
      '--max-diagnostics=10',
    ],
    fix: ['--write'],
    hint: 'Formatting and import order are mended by: npm run check -- --fix',
  },
  { name: 'imports', command: [fromRoot('build', 'check-imports.mjs')] },
  { name: 'dead code', command: [bin('knip', 'bin', 'knip.js'), '--no-progress'] },
  { name: 'sources', command: [fromRoot('build', 'check-sources.mjs')] },
  { name: 'packaging', command: [fromRoot('build', 'check-packaging.mjs')] },
]

function runCheck({ name, command, fix, hint }, mend) {
  const started = performance.now()
  const words = mend && fix !== undefined ? [...command, ...fix] : command
  return new Promise((resolve, reject) => {
    const child = spawn(productNode, words, { cwd: projectRoot, env: environment({ NO_COLOR: '1' }) })
    const chunks = []
    child.stdout.on('data', (chunk) => chunks.push(chunk))
    child.stderr.on('data', (chunk) => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      const seconds = (performance.now() - started) / 1000
      const output = Buffer.concat(chunks).toString('utf8').trim()
      resolve({ name, passed: code === 0, seconds, output, hint })
    })
  })
}

/** Runs the checks, two at a time, printing as they end: `{ passed, failed }`. */
export async function runChecks({ mend = false } = {}) {
  const waiting = [...checks]
  const totals = { passed: 0, failed: 0 }
  const work = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const result = await runCheck(check, mend)
      totals[result.passed ? 'passed' : 'failed'] += 1
      console.log(
        `${result.passed ? 'ok  ' : 'FAIL'} ${result.name.padEnd(10)} ${result.seconds.toFixed(1)} s`,
      )
      if (result.passed) continue
      console.log(result.output.split('\n').slice(0, 80).join('\n'))
      if (result.hint !== undefined) console.log(result.hint)
    }
  }
  await Promise.all([work(), work()])
  return totals
}

if (import.meta.main) {
  const { passed, failed } = await runChecks({ mend: process.argv.includes('--fix') })
  console.log(`${passed} checks passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}
