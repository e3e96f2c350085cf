import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import {
  LABELLED_PAGE_EDITION,
  LABELLED_PAGE_FONTS,
  type LabelledPage,
  labelledPages,
} from '../fixtures/labelled-pages/labelled-pages.ts'
import { projectRoot } from './project-root.ts'

export interface KeptPage extends LabelledPage {
  readonly file: string
}

/** Fonts by another name would be other pages. */
export function missingFonts(): readonly string[] {
  const known = execFileSync('fc-list', ['--format', '%{family}\n'], { encoding: 'utf8' })
  return LABELLED_PAGE_FONTS.filter((family) => !known.includes(family))
}

/** The labelled pages as files, drawn where they are missing and kept in `.cache/bench`. */
export async function keptPages(each: number, say: (line: string) => void): Promise<readonly KeptPage[]> {
  const folder = path.join(projectRoot, '.cache', 'bench', `labelled-${LABELLED_PAGE_EDITION}`)
  await mkdir(folder, { recursive: true })
  const kept: KeptPage[] = []
  for (const page of labelledPages(each)) {
    const file = path.join(folder, `${page.id}.jpg`)
    if (!existsSync(file)) {
      if (kept.length % 8 === 0) say(`Drawing pages: ${kept.length}`)
      const temporary = `${file}.${process.pid}.tmp`
      await writeFile(temporary, await page.scan())
      await rename(temporary, file)
    }
    kept.push({ ...page, file })
  }
  return kept
}
