// Holds electron-builder.yml to electron-builder's own schema and to our promises, and inspects what was packaged.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join, relative, sep } from 'node:path'
import Ajv from 'ajv'
import { fromRoot } from './project.mjs'

// electron-builder brings these; asking for them from its place gives the versions that it uses itself.
const fromBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder'))
const fromLibrary = createRequire(fromBuilder.resolve('app-builder-lib'))

const wantedFuses = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
}

const read = (file) => readFileSync(file, 'utf8')

/** Where electron-builder puts the folder for this machine. */
export function packagedFolder() {
  const arch = process.arch === 'x64' ? '' : `-${process.arch}`
  if (process.platform === 'darwin') return fromRoot('release', `mac${arch}`)
  return fromRoot('release', `${process.platform === 'win32' ? 'win' : 'linux'}${arch}-unpacked`)
}

export function readConfiguration(file = fromRoot('electron-builder.yml')) {
  return fromLibrary('js-yaml').load(read(file))
}

/** What is wrong with the configuration: the schema first, then what the schema cannot know. */
export function problemsOfConfiguration(file = fromRoot('electron-builder.yml')) {
  const configuration = readConfiguration(file)
  const schema = JSON.parse(
    read(join(fromLibrary.resolve('app-builder-lib/package.json'), '..', 'scheme.json')),
  )
  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false })
  ajv.addKeyword({ keyword: 'typeof' })
  const validate = ajv.compile(schema)
  if (!validate(configuration)) {
    const said = validate.errors.map((error) => {
      const extra = error.params?.additionalProperty ? ` "${error.params.additionalProperty}"` : ''
      return `${error.instancePath || '/'} ${error.message}${extra}`
    })
    return [...new Set(said)]
  }
  const problems = []
  const demand = (holds, message) => {
    if (!holds) problems.push(message)
  }
  const targets = (platform) => (configuration[platform]?.target ?? []).map((entry) => entry.target ?? entry)
  const arches = (platform, name) =>
    configuration[platform]?.target?.find((entry) => entry.target === name)?.arch ?? []
  demand(
    configuration.nsis?.deleteAppDataOnUninstall === false,
    'nsis.deleteAppDataOnUninstall must be false',
  )
  demand(configuration.nsis?.oneClick === false, 'nsis.oneClick must be false: the option above needs it')
  demand(configuration.npmRebuild === false, 'npmRebuild must be false: nothing is compiled here')
  demand(configuration.publish === null, 'publish must be null: nothing calls out')
  demand(configuration.asar === true, 'asar must be true: the fuses rely on it')
  for (const name of ['nsis', 'portable'])
    demand(targets('win').includes(name), `win lacks the target ${name}`)
  for (const name of ['AppImage', 'deb']) {
    for (const arch of ['x64', 'arm64']) {
      demand(arches('linux', name).includes(arch), `linux lacks ${name} for ${arch}`)
    }
  }
  demand(targets('mac').includes('dmg'), 'mac lacks the target dmg')
  for (const [fuse, value] of Object.entries(wantedFuses)) {
    demand(configuration.electronFuses?.[fuse] === value, `electronFuses.${fuse} must be ${value}`)
  }
  for (const icon of [configuration.win?.icon, configuration.mac?.icon, configuration.linux?.icon]) {
    demand(icon !== undefined && existsSync(fromRoot(icon)), `the icon ${icon} does not exist`)
  }
  return problems
}

const sizeOf = (bytes) => `${(bytes / 1024 / 1024).toFixed(1)} MB`

function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
}

/** Names of platforms other than this one, as native packages write them. */
function foreignBinary(name) {
  const platform = process.platform
  const others = ['darwin', 'win32', 'linux', 'linuxmusl', 'freebsd', 'android'].filter(
    (other) => other !== platform,
  )
  const arches = ['x64', 'arm64', 'ia32', 'arm', 'riscv64', 's390x', 'ppc64'].filter(
    (arch) => arch !== process.arch,
  )
  const marks = [
    ...others.map((os) => `${os}[-/]`),
    ...arches.map((arch) => `${platform}[-/]${arch}(?![a-z0-9])`),
  ]
  return (
    new RegExp(`(^|[-/])(${marks.join('|')})`).test(name) && /\.(node|dll|so|dylib)(\.[\d.]+)?$/.test(name)
  )
}

/** Files of a package that have no business in it. */
export function strayFiles(names) {
  const rules = [
    ['a source', (name) => /\.(ts|tsx|mts|cts)$/.test(name)],
    ['a source map', (name) => name.endsWith('.map')],
    ['a test', (name) => /(^|\/)(test|tests|__tests__|e2e)\/|\.(test|spec)\.[cm]?js$/.test(name)],
    ['a binary of another platform', foreignBinary],
    ['a native source', (name) => /\.(gyp|gypi|c|cc|cpp|h|hpp|o)$/.test(name)],
    [
      'a development tool',
      (name) => /(^|\/)node_modules\/(electron|vite|typescript|playwright|vitest)\//.test(name),
    ],
    ['a secret or a local setting', (name) => /(^|\/)\.(env|npmrc|git)(\/|$)|\.(pem|key)$/.test(name)],
  ]
  return names.flatMap((name) => rules.filter(([, test]) => test(name)).map(([what]) => `${what}: ${name}`))
}

/** Opens a packaged folder: `{ name, lines, problems, sizeBytes, fuses }`. */
export async function inspectPackage(folder) {
  if (!existsSync(folder)) throw new Error(`There is no packaged folder: ${relative(fromRoot(), folder)}`)
  const asar = fromLibrary('@electron/asar')
  const { getCurrentFuseWire, FuseV1Options } = fromLibrary('@electron/fuses')
  const mac = process.platform === 'darwin'
  const app = mac ? join(folder, 'Juanku.app', 'Contents') : folder
  const resources = join(app, mac ? 'Resources' : 'resources')
  const executable = mac
    ? join(app, 'MacOS', 'juanku')
    : join(folder, process.platform === 'win32' ? 'juanku.exe' : 'juanku')
  const problems = []

  const archive = join(resources, 'app.asar')
  const packed = asar.listPackage(archive).map((name) => name.split(sep).join('/').replace(/^\//, ''))
  const assets = existsSync(join(resources, 'assets')) ? filesUnder(join(resources, 'assets')) : []
  problems.push(...strayFiles([...packed, ...assets.map((name) => `assets/${name}`)]))
  const needed = [
    'package.json',
    'dist/main.cjs',
    'dist/preload.cjs',
    'dist/core.mjs',
    'dist/renderer/index.html',
  ]
  for (const name of needed) {
    if (!packed.includes(name)) problems.push(`missing: ${name}`)
  }
  const unpacked = existsSync(`${archive}.unpacked`) ? filesUnder(`${archive}.unpacked`) : []
  for (const name of packed.filter((entry) => entry.endsWith('.node'))) {
    if (!unpacked.includes(name)) problems.push(`not unpacked: ${name}`)
  }
  if (existsSync(join(resources, 'default_app.asar')) || existsSync(join(resources, 'app'))) {
    problems.push("Electron's default app was packaged too")
  }

  const wire = await getCurrentFuseWire(executable)
  const fuses = {}
  const optionOf = {
    runAsNode: 'RunAsNode',
    enableCookieEncryption: 'EnableCookieEncryption',
    enableNodeOptionsEnvironmentVariable: 'EnableNodeOptionsEnvironmentVariable',
    enableNodeCliInspectArguments: 'EnableNodeCliInspectArguments',
    enableEmbeddedAsarIntegrityValidation: 'EnableEmbeddedAsarIntegrityValidation',
    onlyLoadAppFromAsar: 'OnlyLoadAppFromAsar',
  }
  for (const [fuse, wanted] of Object.entries(wantedFuses)) {
    fuses[fuse] = wire[FuseV1Options[optionOf[fuse]]] === '1'.charCodeAt(0)
    if (fuses[fuse] !== wanted) problems.push(`the fuse ${fuse} is ${fuses[fuse]}`)
  }

  const bytesUnder = (place) =>
    filesUnder(place).reduce((sum, name) => sum + statSync(join(place, name)).size, 0)
  const sizeBytes = bytesUnder(folder)
  const unpackedBytes = unpacked.reduce(
    (sum, name) => sum + statSync(join(`${archive}.unpacked`, name)).size,
    0,
  )
  const assetBytes = assets.reduce((sum, name) => sum + statSync(join(resources, 'assets', name)).size, 0)
  const archiveBytes = statSync(archive).size
  const lines = [
    `${sizeOf(sizeBytes)} in all: Electron ${sizeOf(sizeBytes - archiveBytes - unpackedBytes - assetBytes)}, ` +
      `program ${sizeOf(archiveBytes)}, native libraries ${sizeOf(unpackedBytes)}, assets ${sizeOf(assetBytes)}`,
    `${packed.length} entries in the archive, ${unpacked.length} files beside it`,
    `fuses: ${Object.entries(fuses)
      .map(([name, on]) => `${name} ${on ? 'on' : 'off'}`)
      .join(', ')}`,
  ]
  return { name: basename(folder), executable, lines, problems, sizeBytes, fuses }
}

/** Unpacks the archive of a packaged folder, with the files beside it, for a Node that cannot read archives. */
export function extractPackage(folder, into) {
  fromLibrary('@electron/asar').extractAll(join(folder, 'resources', 'app.asar'), into)
}

if (import.meta.main) {
  const problems = problemsOfConfiguration()
  for (const problem of problems) console.log(problem)
  process.exitCode = problems.length === 0 ? 0 : 1
}
