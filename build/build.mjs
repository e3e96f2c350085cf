// Builds everything that Electron runs into dist/: main.cjs, preload.cjs, core.mjs, cli.mjs, workers, the page.
// A part whose inputs did not change since its last build is skipped, without a word.

import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { build as viteBuild } from 'vite'
import { findInstalledElectron } from './electron-runtime.mjs'
import { fromRoot, projectRoot, say } from './project.mjs'
import { nodeParts, polyfillSettings, rendererSettings } from './vite.mjs'

const toolInputs = [
  'package.json',
  'package-lock.json',
  'build/vite.mjs',
  'build/build.mjs',
  'build/test-runtime/polyfills.mjs',
]

/** One hash over the paths and contents of the inputs, and the settings that shape the output. */
function fingerprint(folders, settings) {
  const hash = createHash('sha256').update(JSON.stringify(settings))
  const files = [...toolInputs.map((name) => fromRoot(name))]
  for (const folder of folders) {
    if (!existsSync(fromRoot(folder))) continue
    for (const entry of readdirSync(fromRoot(folder), { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) files.push(join(entry.parentPath, entry.name))
    }
  }
  for (const file of files.sort()) {
    hash.update(`\n${relative(projectRoot, file)}\n`).update(readFileSync(file))
  }
  return hash.digest('hex')
}

/** What pdf.js loads at run time, and its worker, in which the old runtime needs the same built-ins as the page. */
function copyPdfParts(outDir, oldRuntime) {
  const from = (...parts) => fromRoot('node_modules', 'pdfjs-dist', ...parts)
  const to = (...parts) => join(outDir, 'pdfjs', ...parts)
  mkdirSync(to(), { recursive: true })
  for (const folder of ['cmaps', 'iccs', 'standard_fonts', 'wasm'])
    cpSync(from(folder), to(folder), { recursive: true })
  const worker = readFileSync(from('legacy', 'build', 'pdf.worker.min.mjs'), 'utf8')
  const polyfills = oldRuntime ? `${readFileSync(join(outDir, 'polyfills.js'), 'utf8')}\n` : ''
  writeFileSync(
    to('pdf.worker.mjs'),
    `${polyfills}${worker.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n')}`,
  )
}

function clearNodeBundles(outDir) {
  if (!existsSync(outDir)) return
  for (const name of readdirSync(outDir)) {
    if (/\.(cjs|mjs)(\.map)?$/.test(name)) rmSync(join(outDir, name))
  }
}

/**
 * Builds what changed. `packaging` minifies and leaves out source maps; `oldRuntime` adds the built-ins that the
 * test runtime lacks. Returns the names of the parts built.
 */
export async function build({ outDir = fromRoot('dist'), packaging = false, oldRuntime }) {
  const settings = { packaging, oldRuntime }
  const stampFile = join(outDir, '.stamp.json')
  const stamp = existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, 'utf8')) : {}
  const built = []
  const step = async (name, folders, run) => {
    const wanted = fingerprint(folders, settings)
    if (stamp[name] === wanted) return
    const started = performance.now()
    delete stamp[name]
    mkdirSync(outDir, { recursive: true })
    writeFileSync(stampFile, JSON.stringify(stamp))
    await run()
    stamp[name] = wanted
    writeFileSync(stampFile, JSON.stringify(stamp))
    built.push(name)
    say(`Built the ${name} in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  }

  const parts = nodeParts({ outDir, packaging })
  if (parts.length > 0) {
    await step('program', ['electron', 'shared'], async () => {
      clearNodeBundles(outDir)
      for (const part of parts) await viteBuild(part.settings)
    })
  }
  if (existsSync(fromRoot('renderer', 'index.html'))) {
    await step('page', ['renderer', 'shared'], async () => {
      const rendererDir = join(outDir, 'renderer')
      await viteBuild(rendererSettings({ outDir: rendererDir, packaging, oldRuntime }))
      if (oldRuntime) await viteBuild(polyfillSettings({ outDir: rendererDir }))
      copyPdfParts(rendererDir, oldRuntime)
    })
  }
  return built
}

/** What the build lacks before Electron can start it; empty when complete. */
export function missingEntries(outDir = fromRoot('dist')) {
  const entries = ['main.cjs', 'preload.cjs', 'core.mjs', 'cli.mjs', join('renderer', 'index.html')]
  return entries.filter((name) => !existsSync(join(outDir, name)) || statSync(join(outDir, name)).size === 0)
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { out: { type: 'string' }, packaging: { type: 'boolean' }, 'old-runtime': { type: 'boolean' } },
  })
  try {
    await build({
      outDir: values.out,
      packaging: values.packaging ?? false,
      oldRuntime: values['old-runtime'] ?? findInstalledElectron() === undefined,
    })
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
