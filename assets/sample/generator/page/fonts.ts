import { execFileSync } from 'node:child_process'

const neededFonts = [
  'FandolFang',
  'FandolKai',
  'FandolHei',
  'Noto Serif CJK SC',
  'Noto Sans CJK SC',
  'AR PL UKai CN',
  'Zhi Mang Xing',
]

export function requireFonts(): void {
  const known = execFileSync('fc-list', ['--format', '%{family}\n'], { encoding: 'utf8' })
  const missing = neededFonts.filter((family) => !known.includes(family))
  if (missing.length > 0)
    throw new Error(`fonts missing: ${missing.join(', ')} (see assets/sample/README.md)`)
}
