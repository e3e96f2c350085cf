// What a window needs from the operating system on Linux: Chromium's libraries, a Chinese font, and a virtual
// screen where there is none. Debian's packages are installed when we may; otherwise a line says what to install.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { say } from './project.mjs'

const libraryPackages = {
  'libasound.so.2': 'libasound2',
  'libatk-1.0.so.0': 'libatk1.0-0',
  'libatk-bridge-2.0.so.0': 'libatk-bridge2.0-0',
  'libatspi.so.0': 'libatspi2.0-0',
  'libcairo.so.2': 'libcairo2',
  'libcups.so.2': 'libcups2',
  'libdbus-1.so.3': 'libdbus-1-3',
  'libdrm.so.2': 'libdrm2',
  'libexpat.so.1': 'libexpat1',
  'libgbm.so.1': 'libgbm1',
  'libglib-2.0.so.0': 'libglib2.0-0',
  'libgtk-3.so.0': 'libgtk-3-0',
  'libnspr4.so': 'libnspr4',
  'libnss3.so': 'libnss3',
  'libpango-1.0.so.0': 'libpango-1.0-0',
  'libX11.so.6': 'libx11-6',
  'libxcb.so.1': 'libxcb1',
  'libXcomposite.so.1': 'libxcomposite1',
  'libXdamage.so.1': 'libxdamage1',
  'libXext.so.6': 'libxext6',
  'libXfixes.so.3': 'libxfixes3',
  'libxkbcommon.so.0': 'libxkbcommon0',
  'libXrandr.so.2': 'libxrandr2',
}
const fontPackage = 'fonts-noto-cjk'
const chineseFont = /cjk|wqy|droidsansfallback|sourcehan|source-han|uming|ukai|fandol|simsun|msyh/i

export const hasScreen = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)

function onPath(name) {
  return (process.env.PATH ?? '').split(':').some((folder) => folder !== '' && existsSync(join(folder, name)))
}

function missingLibraries() {
  const ldconfig = ['/sbin/ldconfig', '/usr/sbin/ldconfig'].find((file) => existsSync(file))
  if (ldconfig === undefined) return []
  const known = spawnSync(ldconfig, ['-p'], { encoding: 'utf8' })
  if (known.status !== 0) return []
  const names = new Set(known.stdout.split('\n').map((line) => line.trim().split(' ')[0]))
  return Object.keys(libraryPackages).filter((name) => !names.has(name))
}

function hasChineseFont() {
  const folders = ['/usr/share/fonts', '/usr/local/share/fonts']
  folders.push(join(homedir(), '.fonts'), join(homedir(), '.local', 'share', 'fonts'))
  return folders.some((folder) => {
    if (!existsSync(folder)) return false
    return readdirSync(folder, { recursive: true }).some((name) => chineseFont.test(name))
  })
}

/** What is missing: packages without which no window opens, and packages without which it only looks wrong. */
export function missingPackages({ screenNeeded = !hasScreen() } = {}) {
  if (process.platform !== 'linux') return { required: [], wanted: [] }
  const required = missingLibraries().map((name) => libraryPackages[name])
  if (screenNeeded && !onPath('xvfb-run')) required.push('xvfb')
  if (screenNeeded && !onPath('xauth')) required.push('xauth')
  return { required, wanted: hasChineseFont() ? [] : [fontPackage] }
}

function apt(args) {
  const run = spawnSync('apt-get', args, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  })
  return { ok: run.status === 0, output: `${run.stdout ?? ''}${run.stderr ?? ''}` }
}

/** Debian 13 and Ubuntu 24.04 renamed some libraries with the suffix t64. */
function nameHere(name) {
  const exists = (candidate) => {
    const shown = spawnSync('apt-cache', ['policy', candidate], { encoding: 'utf8' })
    return /Candidate: (?!\(none\))/.test(shown.stdout ?? '')
  }
  return !exists(name) && exists(`${name}t64`) ? `${name}t64` : name
}

/** Installs what is missing. Throws, saying what to install, when a window cannot open without it. */
export function ensureSystemPackages() {
  const missing = missingPackages()
  const all = [...missing.required, ...missing.wanted]
  if (all.length === 0) return
  const mayInstall = process.getuid?.() === 0 && onPath('apt-get')
  if (mayInstall) {
    say(`Installing from Debian: ${all.join(' ')} …`)
    apt(['update', '-q'])
    const names = all.map(nameHere)
    const installed = apt(['install', '-y', '-q', '--no-install-recommends', ...names])
    if (!installed.ok) say(installed.output.trim().split('\n').slice(-4).join('\n'))
  }
  const left = missingPackages()
  if (left.required.length > 0) {
    throw new Error(`A window cannot open here yet. Install: ${[...left.required, ...left.wanted].join(' ')}`)
  }
  if (left.wanted.length > 0)
    say(`Chinese text will show as boxes until a font is installed: ${left.wanted.join(' ')}`)
}
