// Runs every test: checks, unit and fault tests, end-to-end tests in a real Electron, and the packaged program.
// `--check --unit --e2e --packaging` choose parts; other words go to the runner of the single part chosen.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { runChecks } from './check.mjs'
import { environment, fromRoot, productNode, projectRoot, say } from './project.mjs'
import { RETRIED } from './retried-reporter.mjs'

const results = fromRoot('test-results')
const bin = (...parts) => fromRoot('node_modules', ...parts)

function testsIn(folder, ending) {
  if (!existsSync(fromRoot(folder))) return 0
  return readdirSync(fromRoot(folder), { recursive: true }).filter((name) => ending.test(name)).length
}

function run(words, env = {}) {
  const child = spawnSync(productNode, words, { cwd: projectRoot, env: environment(env), stdio: 'inherit' })
  return child.status ?? 1
}

/** A runner that ended badly never counts as a success, whatever its report says. */
function totals(status, passed, failed, skipped = 0, named = []) {
  return { passed, failed: status !== 0 && failed === 0 ? 1 : failed, skipped, named }
}

function vitest(name, words) {
  const report = fromRoot('test-results', `${name}.json`)
  rmSync(report, { force: true })
  rmSync(RETRIED, { force: true })
  const named = '--reporter=./build/retried-reporter.mjs'
  const reporters = ['--reporter=default', named, '--reporter=json', `--outputFile.json=${report}`]
  const status = run([bin('vitest', 'vitest.mjs'), 'run', ...reporters, ...words])
  if (!existsSync(report)) return totals(1, 0, 0)
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  )
  // A file that does not even load has no tests to count.
  const broken = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length
  const retried = existsSync(RETRIED) ? JSON.parse(readFileSync(RETRIED, 'utf8')) : []
  for (const test of retried) say(`Passed only on a second try: ${test}`)
  const failed = testResults.flatMap(({ name: file, assertionResults, message }) => [
    ...assertionResults
      .filter((test) => test.status === 'failed')
      .map(
        (test) =>
          `${path.relative(projectRoot, file)} › ${test.fullName}\n${test.failureMessages.join('\n')}`,
      ),
    ...(assertionResults.length === 0 && message ? [`${path.relative(projectRoot, file)}\n${message}`] : []),
  ])
  return totals(status, numPassedTests, numFailedTests + broken, numPendingTests, failed)
}

function playwright(words) {
  if (testsIn('test/e2e', /\.(test|spec)\.ts$/) === 0) {
    say('There are no end-to-end tests.')
    return totals(existsSync(fromRoot('electron', 'main.ts')) ? 1 : 0, 0, 0)
  }
  const report = fromRoot('test-results', 'e2e.json')
  rmSync(report, { force: true })
  const status = run([bin('@playwright', 'test', 'cli.js'), 'test', ...words], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  })
  if (!existsSync(report)) return totals(1, 0, 0)
  const { stats } = JSON.parse(readFileSync(report, 'utf8'))
  if (stats.flaky > 0)
    say(`${stats.flaky} end-to-end tests passed only on a second try; they are named above.`)
  return totals(status, stats.expected + stats.flaky, stats.unexpected, stats.skipped)
}

const parts = {
  check: () => runChecks(),
  unit: (words) => vitest('unit', words),
  e2e: (words) => playwright(words),
  packaging: (words) => vitest('packaging', ['--config', 'test/packaging/vitest.config.ts', ...words]),
}

async function runTests(args) {
  const chosen = Object.keys(parts).filter((name) => args.includes(`--${name}`))
  const names = chosen.length > 0 ? chosen : Object.keys(parts)
  const words = args.filter((word) => !chosen.includes(word.slice(2)))
  if (words.length > 0 && names.length !== 1) {
    say(
      `Choose one part to pass "${words.join(' ')}" to: ${Object.keys(parts)
        .map((name) => `--${name}`)
        .join(' ')}`,
    )
    return 2
  }
  mkdirSync(results, { recursive: true })
  const sum = { passed: 0, failed: 0, skipped: 0 }
  const summary = []
  const failures = []
  for (const name of names) {
    const started = performance.now()
    console.log(`\n== ${name} ==`)
    const { passed, failed, skipped = 0, named = [] } = await parts[name](words)
    failures.push(...named)
    const seconds = ((performance.now() - started) / 1000).toFixed(0)
    summary.push(
      `${name}: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''} (${seconds} s)`,
    )
    sum.passed += passed
    sum.failed += failed
    sum.skipped += skipped
  }
  // Of a long run often only the end is kept: what failed is named there once more.
  for (const failure of failures) console.log(`\nFAILED ${failure.slice(0, 1200)}`)
  console.log(`\n${summary.join('\n')}`)
  console.log(`${sum.passed} passed, ${sum.failed} failed`)
  return sum.failed === 0 && sum.passed > 0 ? 0 : 1
}

process.exitCode = await runTests(process.argv.slice(2))
