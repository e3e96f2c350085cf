// Holds the sources to the table of imports (.dependency-cruiser.cjs). `--root DIR` checks another tree.
// dependency-cruiser reads TypeScript through a JavaScript API that the native compiler (7) no longer has, so in
// this process "typescript" means the one that @ts-morph/common carries. (swc's visitor stumbles over `using`.)
import { existsSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fromRoot, projectRoot } from './project.mjs'
import typescript from './typescript-api.cjs'

const typescriptApi = new URL('./typescript-api.cjs', import.meta.url).href

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier === 'typescript') return { url: typescriptApi, format: 'commonjs', shortCircuit: true }
    return nextResolve(specifier, context)
  },
  load(url, context, nextLoad) {
    if (!/[\\/]typescript[\\/]package\.json$/.test(url)) return nextLoad(url, context)
    return { format: 'json', source: JSON.stringify({ version: typescript.version }), shortCircuit: true }
  },
})

/** The violations under `root`, as `rule: from → to` lines. */
export async function importViolations(root = projectRoot) {
  const { cruise } = await import('dependency-cruiser')
  const { default: configuration } = await import('../.dependency-cruiser.cjs')
  const folders = ['shared', 'electron', 'renderer'].filter((name) => existsSync(join(root, name)))
  const result = await cruise(folders, {
    ...configuration.options,
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: configuration.forbidden },
    outputType: 'json',
  })
  const { modules, summary } = JSON.parse(result.output)
  const sources = modules.filter(
    (module) => /\.tsx?$/.test(module.source) && !module.source.includes('node_modules'),
  )
  const imports = sources.reduce((sum, module) => sum + module.dependencies.length, 0)
  const lines = summary.violations.map((found) => {
    const circle = found.cycle?.map((step) => step.name).join(' → ')
    return `${found.rule.name}: ${found.from} → ${circle ?? found.to}`
  })
  return { files: sources.length, imports, violations: [...new Set(lines)].sort() }
}

/** Why each rule is there, by its name. */
export async function ruleComments() {
  const { default: configuration } = await import('../.dependency-cruiser.cjs')
  return new Map(configuration.forbidden.map((rule) => [rule.name, rule.comment]))
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { root: { type: 'string' } } })
  const root = values.root ?? fromRoot()
  const { files, imports, violations } = await importViolations(root)
  if (files > 1 && imports === 0)
    violations.push('no import was read at all: the TypeScript parser is missing')
  const comments = await ruleComments()
  for (const violation of violations) {
    const comment = comments.get(violation.split(':')[0])
    console.log(comment === undefined ? violation : `${violation}\n    ${comment}`)
  }
  console.log(`${files} files, ${imports} imports, ${violations.length} violations`)
  process.exitCode = violations.length === 0 ? 0 : 1
}
