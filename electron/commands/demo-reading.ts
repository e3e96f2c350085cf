import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type PageText, plainText } from '../../shared/domain/page-text.ts'
import type { VolumeKind } from '../../shared/domain/volume-kind.ts'
import { findCase } from './case-commands.ts'
import type { CommandContext } from './context.ts'

interface DemoSteps {
  readonly step: (name: string, work: () => Promise<string>) => Promise<void>
  readonly expect: (holds: boolean, what: string) => void
}

/** Names that stand on pages of the sample and nowhere in its catalogue. */
const ONLY_ON_PAGES = ['张范例', '刘示意']
/** The sample is worn on purpose, and holds seals and handwriting that its truth leaves out. */
const LEAST_ACCURACY = 0.9
/** On a slow machine a part of the pages shows as much. */
const LONGEST_MS = 60_000

/** What remains when width of characters and blanks are no matter. */
const bare = (text: string) => Array.from(text.normalize('NFKC').replaceAll(/\s/gu, ''))

/** Insertions, deletions and replacements that lead from one to the other (Levenshtein 1966). */
function editDistance(one: readonly string[], other: readonly string[]): number {
  let row = other.map((_, place) => place + 1)
  for (const [place, character] of one.entries()) {
    let corner = place
    let before = place + 1
    row = row.map((above, at) => {
      const value = Math.min(above + 1, before + 1, corner + (other[at] === character ? 0 : 1))
      corner = above
      before = value
      return value
    })
  }
  return row.at(-1) ?? one.length
}

/**
 * Reads the sample's pages, compares them with what stands on them, and finds a name that stands there alone. Says
 * whether the machine read all of 正卷 in the time that a demo may take.
 */
export async function demoReading(
  context: CommandContext,
  { step, expect }: DemoSteps,
  sample: { readonly folder: string; readonly caseNumber: string },
): Promise<{ readonly wholeMain: boolean }> {
  const { unavailable } = await context.call('recognition.status', {})
  if (unavailable !== null) {
    await step('识别文字', async () => `本机不能识别（${unavailable}），其余照常`)
    return { wholeMain: false }
  }
  const { volumes } = await findCase(context, sample.caseNumber)
  const total = { wrong: 0, characters: 0 }
  let spentMs = 0
  let wholeMain = false
  for (const volume of volumes) {
    const kind: VolumeKind = volume.kind
    await step(kind === 'sub' ? '识别副卷' : '识别正卷', async () => {
      if (spentMs >= LONGEST_MS) return `略过（演示限 ${LONGEST_MS / 1000} 秒）`
      const began = performance.now()
      const { jobId } = await context.call('recognition.run', { volumeId: volume.id })
      let cut = false
      const patience = setTimeout(() => {
        cut = true
        context.desk.room().jobs.cancel(jobId)
      }, LONGEST_MS - spentMs)
      const job = await context.follow(jobId)
      clearTimeout(patience)
      const tookMs = performance.now() - began
      spentMs += tookMs
      const pages = await context.call('pages.list', { volumeId: volume.id })
      const { read = 0 } = job.tally
      const whole = job.state === 'succeeded' && read === pages.length
      if (kind === 'main') wholeMain = whole
      expect(whole || (cut && job.state === 'cancelled'), `reading: ${read} of ${pages.length} pages`)
      let lines = 0
      for (const [place, page] of pages.entries()) {
        const { text } = await context.call('texts.page', { pageId: page.id, versionId: page.versionId })
        if (text === null) continue
        lines += text.lines.length
        const name = `${kind === 'sub' ? 'inner' : 'main'}-${String(place + 1).padStart(3, '0')}.txt`
        const truth = bare(await readFile(path.join(sample.folder, 'truth', name), 'utf8'))
        total.wrong += Math.min(
          truth.length,
          editDistance(truth, bare(plainText(text.lines as PageText['lines']))),
        )
        total.characters += truth.length
      }
      const part = whole
        ? `${read} 页`
        : `先识别 ${read}/${pages.length} 页（演示限 ${LONGEST_MS / 1000} 秒）`
      return `${part} ${lines} 行，每页 ${(tookMs / 1000 / Math.max(1, read)).toFixed(2)} 秒`
    })
  }
  await step('核对文字', async () => {
    if (total.characters === 0) return '没有识别出页面'
    const accuracy = 1 - total.wrong / total.characters
    expect(accuracy >= LEAST_ACCURACY, `only ${(accuracy * 100).toFixed(2)} % of the characters are right`)
    return `${total.characters} 字，相符 ${(accuracy * 100).toFixed(2)} %（印文、手写、页码不在对照文本中，读出即计为差错）`
  })
  await step('页内检索', async () => {
    const found: string[] = []
    for (const text of ONLY_ON_PAGES) {
      const { cases } = await context.call('search.find', { text, limit: 50 })
      const hits = cases.flatMap((one) => one.hits.filter(({ field }) => field === 'page'))
      expect(
        hits.length > 0 && hits.every(({ places }) => places.length > 0),
        `${text} is not found on its page`,
      )
      found.push(`${text} 在影像 ${hits.map(({ position }) => position).join('、')}`)
    }
    return found.join(' · ')
  })
  return { wholeMain }
}
