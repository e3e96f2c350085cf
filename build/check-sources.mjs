// Rules about the sources that no linter knows. Prints what breaks them; silent when all hold.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { projectRoot } from './project.mjs'

const exactVersion = /^\d+\.\d+\.\d+([-+][\w.-]+)?$/

function sourcesUnder(root, folders) {
  return folders.flatMap((folder) => {
    const place = join(root, folder)
    if (!existsSync(place)) return []
    return readdirSync(place, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|tsx|mts|mjs|cjs|html)$/.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
  })
}

/** Each rule reads one file: its path and text, and answers what is wrong or undefined. */
const rules = [
  (path, text) =>
    path.startsWith('renderer/') &&
    path !== 'renderer/app/client.ts' &&
    /\b(window|globalThis|self)\s*(\?\.|\.)\s*juanku\b|\[\s*['"`]juanku['"`]\s*\]/.test(text)
      ? 'only renderer/app/client.ts touches window.juanku'
      : undefined,
  (path, text) =>
    path.startsWith('renderer/') && path.endsWith('.html') && /<script(?![^>]*\bsrc=)|\son\w+=/i.test(text)
      ? 'an inline script: the content security policy forbids it'
      : undefined,
  (path, text) =>
    /^(electron|shared)\//.test(path) && /from '(node:)?(http|https|http2|net|dgram|tls)'/.test(text)
      ? 'nothing listens on a port and nothing calls out'
      : undefined,
]

/** What breaks a rule under `root`, one line each. */
export function sourceProblems(root = projectRoot) {
  const problems = []
  for (const path of sourcesUnder(root, ['electron', 'renderer', 'shared'])) {
    const text = readFileSync(join(root, path), 'utf8')
    for (const rule of rules) {
      const problem = rule(path, text)
      if (problem !== undefined) problems.push(`${path}: ${problem}`)
    }
  }
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
    if (!exactVersion.test(version)) problems.push(`package.json: ${name} is not pinned (${version})`)
  }
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (entry.resolved !== undefined) problems.push(`package-lock.json: ${path} holds a download address`)
    if (path !== '' && entry.integrity === undefined) problems.push(`package-lock.json: ${path} has no hash`)
    // npm drops what a registry could not give at that moment, and then refuses its own lock file elsewhere.
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      if (
        lock.packages[`node_modules/${name}`] === undefined &&
        lock.packages[`${path}/node_modules/${name}`] === undefined
      )
        problems.push(`package-lock.json: ${path} may need ${name}, which is not locked`)
    }
  }
  return problems
}

if (import.meta.main) {
  const problems = sourceProblems(process.argv[2])
  for (const problem of problems) console.log(problem)
  process.exitCode = problems.length === 0 ? 0 : 1
}
