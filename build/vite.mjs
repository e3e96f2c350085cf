// How each part of the program is bundled. One place for all Vite settings; build.mjs decides when to run them.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { basename, join, relative, sep } from 'node:path'
import react from '@vitejs/plugin-react'
import { fromRoot, projectRoot } from './project.mjs'

const manifest = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8'))
const builtins = new Set(builtinModules)

/** Chrome of the oldest runtime that a build must run in: the test runtime's. */
const browserTarget = 'chrome114'
const shellTarget = 'node18'
const coreTarget = 'node22'

function isExternal(id) {
  if (id === 'electron' || id.startsWith('electron/') || id.startsWith('node:') || builtins.has(id))
    return true
  return Object.keys(manifest.dependencies).some((name) => id === name || id.startsWith(`${name}/`))
}

/**
 * Sources name files beside them by `new URL(…, import.meta.url)`, as Node runs them without a build. In a bundle
 * the place is another: workers lie beside the bundle, assets beside `dist/` (packaged: beside the asar).
 */
function movedUrls(packaging) {
  const pattern = /new URL\(\s*(['"`])([^'"`$]+)\1\s*,\s*import\.meta\.url\s*\)/g
  const assets = packaging ? '../../assets' : '../assets'
  return {
    name: 'juanku-moved-urls',
    enforce: 'pre',
    transform(code, id) {
      if (!id.startsWith(fromRoot('electron')) || !code.includes('import.meta.url')) return null
      const moved = code.replace(pattern, (whole, _quote, specifier) => {
        if (/-worker\.ts$/.test(specifier)) {
          return `new URL('./${basename(specifier, '.ts')}.mjs', import.meta.url)`
        }
        const target = relative(fromRoot('assets'), join(id, '..', specifier))
        if (target.startsWith('..')) return whole
        const rest = target === '' ? '' : `/${target.split(sep).join('/')}`
        return `new URL('${assets}${rest}${specifier.endsWith('/') ? '/' : ''}', import.meta.url)`
      })
      return moved === code ? null : { code: moved, map: null }
    },
  }
}

function filesUnder(folder, accept) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && accept(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** The parts that exist as sources: `{ name, settings }`, in the order in which they are built. */
export function nodeParts({ outDir, packaging }) {
  const parts = []
  const shared = (name, input, target, output, external) => ({
    name,
    settings: {
      configFile: false,
      root: projectRoot,
      logLevel: 'warn',
      publicDir: false,
      plugins: [movedUrls(packaging)],
      ssr: { noExternal: true },
      build: {
        ssr: true,
        target,
        outDir,
        emptyOutDir: false,
        minify: packaging,
        sourcemap: !packaging,
        reportCompressedSize: false,
        rolldownOptions: { input, output, external },
      },
    },
  })
  const single = (name, external) => {
    const input = fromRoot('electron', `${name}.ts`)
    if (!existsSync(input)) return
    const output = { format: 'cjs', entryFileNames: `${name}.cjs`, codeSplitting: false }
    parts.push(shared(name, { [name]: input }, shellTarget, output, external))
  }
  single('main', isExternal)
  // A sandboxed preload can require electron and nothing else, so everything is bundled into it.
  single('preload', (id) => id === 'electron')

  const entries = {}
  for (const name of ['core', 'cli']) {
    if (existsSync(fromRoot('electron', `${name}.ts`))) entries[name] = fromRoot('electron', `${name}.ts`)
  }
  for (const file of filesUnder(fromRoot('electron'), (name) => name.endsWith('-worker.ts'))) {
    const name = basename(file, '.ts')
    if (entries[name] !== undefined)
      throw new Error(`Two workers are called ${name}: their bundles would collide.`)
    entries[name] = file
  }
  if (Object.keys(entries).length > 0) {
    const output = { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: 'shared-[hash].mjs' }
    parts.push(shared('core', entries, coreTarget, output, isExternal))
  }
  return parts
}

/** The page. With `oldRuntime` a script of missing built-ins runs before it (see test-runtime/polyfills.mjs). */
export function rendererSettings({ outDir, packaging, oldRuntime }) {
  const polyfills = {
    name: 'juanku-polyfills',
    transformIndexHtml: () => [{ tag: 'script', attrs: { src: './polyfills.js' }, injectTo: 'head-prepend' }],
  }
  return {
    configFile: false,
    root: fromRoot('renderer'),
    base: './',
    logLevel: 'warn',
    publicDir: false,
    plugins: [react(), ...(oldRuntime ? [polyfills] : [])],
    build: {
      target: browserTarget,
      cssTarget: browserTarget,
      outDir,
      emptyOutDir: true,
      minify: packaging,
      sourcemap: !packaging,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 10_000,
      // Nothing inline: the content security policy allows neither inline scripts nor data: fonts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  }
}

/** One classic script, so that it can also stand at the head of the PDF worker. */
export function polyfillSettings({ outDir }) {
  return {
    configFile: false,
    root: projectRoot,
    logLevel: 'warn',
    publicDir: false,
    build: {
      target: browserTarget,
      outDir,
      emptyOutDir: false,
      minify: true,
      reportCompressedSize: false,
      rolldownOptions: {
        input: { polyfills: fromRoot('build', 'test-runtime', 'polyfills.mjs') },
        output: { format: 'iife', entryFileNames: '[name].js', codeSplitting: false },
      },
    },
  }
}
