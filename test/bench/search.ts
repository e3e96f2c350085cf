import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { monotonicFactory } from 'ulid'
import { newSession, type Session } from '../../electron/access/index.ts'
import { type Catalogue, caseNumberFacts, openCatalogue } from '../../electron/catalogue/index.ts'
import { facets, find, type OpenTextShelf, openTextShelf, TEXT_FILES } from '../../electron/search/index.ts'
import type { Compartment } from '../../electron/vault/index.ts'
import { SearchQuestion } from '../../shared/contract/search.ts'
import { readCaseNumber } from '../../shared/domain/index.ts'
import type { PageText } from '../../shared/domain/page-text.ts'
import type { Role } from '../../shared/domain/permission.ts'
import { projectRoot } from './project-root.ts'
import type { BenchOptions, BenchResult, Goal } from './report.ts'
import { archiveCase, PAGES_A_CASE, recognised } from './search-archive.ts'
import { type BenchQuery, benchQueries, type PlainCase } from './search-queries.ts'
import { recollRun } from './search-recoll.ts'
import { median, quantile, rounded, slope } from './spread.ts'

const CASES = 1_000_000
const AT_ONCE = 1000
const STEPS = [0.1, 0.3, 1]
const EACH = 40
const FIRST_HITS = 50
/** Of questions with more cases than these the newest are compared. */
const COMPARED = 200
const RECALL_EACH = 6
const CLERK_CASES = 300
const RECOLL_CASES = 20_000
const AT = '2026-01-05T02:00:00.000Z'
const KINDS = [
  ...['number', 'tail', 'name', 'phrase', 'and', 'not', 'prefix', 'initials', 'tolerant', 'common'],
  ...['clerkName', 'clerkCommon', 'best', 'bestCommon', 'facets'],
]

const GOALS: readonly Goal[] = [
  ...KINDS.map((kind): Goal => ({ figure: `${kind}P95Ms`, under: 50 })),
  { figure: 'recall', least: 1 },
]

interface Archive {
  readonly catalogue: Catalogue
  readonly texts: OpenTextShelf
  readonly folder: string
  readonly archivist: Session
  readonly clerk: Session
}

const newId = monotonicFactory()

function sessionOf(role: Role): Session {
  return newSession({
    id: newId(),
    client: 1,
    accountId: newId(),
    accountName: role,
    displayName: role,
    roles: [role],
    compartments: new Set<Compartment>(['open', 'restricted']),
    unitName: 'bench',
    vaultId: newId(),
    signedInAt: AT,
    recoveryConfirmed: true,
  })
}

function openArchive(folder: string): Archive {
  const catalogue = openCatalogue(path.join(folder, 'catalogue.db'), randomBytes(32))
  const keys = { open: randomBytes(32), restricted: randomBytes(32) }
  const texts = openTextShelf({
    vault: {
      folder,
      compartments: new Set<Compartment>(['open', 'restricted']),
      textKey: (name) => Buffer.from(keys[name]),
    },
    places: catalogue.search,
    now: () => new Date(AT),
    onLost: (compartment) => {
      throw new Error(`the texts of ${compartment} are damaged`)
    },
  })
  const clerk = sessionOf('clerk')
  catalogue.desk.putAccount(
    { id: clerk.accountId, name: 'clerk', displayName: 'clerk', roles: ['clerk'] },
    AT,
  )
  return { catalogue, texts, folder, archivist: sessionOf('archivist'), clerk }
}

/** Writes one case with its pages through the records of the product, and gives the texts that belong to it. */
function fileCase({ catalogue, clerk }: Archive, place: number, size: number): readonly PageText[] {
  const made = archiveCase(place, size)
  const read = readCaseNumber(made.number, { clock: () => new Date(AT) })
  if (!read.ok) throw new Error(`no case number: ${made.number}`)
  const caseId = newId()
  const draft = { number: made.number, ...made.draft }
  catalogue.cases.insert({
    id: caseId,
    draft,
    number: caseNumberFacts(read.number),
    at: AT,
    by: clerk.accountId,
  })
  const volumeId = newId()
  const bookId = newId()
  const sourceId = newId()
  const about = { compartment: 'open', sizeBytes: 1, sha256: '0', objectName: String(place) } as const
  catalogue.volumes.insert({
    ...{ id: volumeId, caseId, kind: 'main', compartment: 'open', sequence: 1 },
    ...{ templateId: null, templateVersion: null },
  })
  catalogue.volumes.insertBook({ id: bookId, volumeId, sequence: 1, title: '' })
  catalogue.pages.insertSourceFile({
    ...{ ...about, id: sourceId, volumeId, name: 'a.tif', format: 'tiff', frameCount: PAGES_A_CASE },
    ...{ remarks: [], jobId: null, importedAt: AT, importedBy: clerk.accountId },
  })
  if (place % Math.max(1, Math.floor(size / CLERK_CASES)) === 0)
    catalogue.assignments.add(
      {
        id: newId(),
        caseId,
        accountId: clerk.accountId,
        kind: 'own',
        fromAt: AT,
        untilAt: null,
        loanId: null,
      },
      clerk.accountId,
      AT,
    )
  return made.pages.map((lines, page) => {
    const pageId = newId()
    const versionId = newId()
    catalogue.pages.insert(
      {
        ...{ id: pageId, bookId, itemId: null, position: page + 1, sheet: page + 1, side: 'A' },
        ...{ printedNumber: String(page + 1), kind: 'content' },
      },
      {
        ...{
          ...about,
          id: versionId,
          pageId,
          number: 1,
          sourceFileId: sourceId,
          sourceFrame: page,
          format: 'tiff',
        },
        ...{ widthPixels: 1654, heightPixels: 2339, dpiX: 200, dpiY: 200, colourMode: 'grey', bitDepth: 8 },
        ...{ archivalName: 'a', reason: 'import', createdAt: AT, createdBy: clerk.accountId },
      },
    )
    return recognised({ pageId, versionId, volumeId, caseId }, lines)
  })
}

interface Filling {
  caseSeconds: number
  textSeconds: number
  textBytes: number
}

function fill(
  archive: Archive,
  from: number,
  to: number,
  size: number,
  filling: Filling,
  say: BenchOptions['say'],
) {
  for (let place = from; place < to; place += AT_ONCE) {
    const until = Math.min(to, place + AT_ONCE)
    const texts: PageText[] = []
    const start = performance.now()
    archive.catalogue.transaction(() => {
      for (let each = place; each < until; each++) texts.push(...fileCase(archive, each, size))
    })
    const between = performance.now()
    archive.texts.putMany('open', texts)
    filling.caseSeconds += (between - start) / 1000
    filling.textSeconds += (performance.now() - between) / 1000
    for (const { lines } of texts) for (const { text } of lines) filling.textBytes += Buffer.byteLength(text)
    if ((place / AT_ONCE) % 50 === 49)
      say(
        `  ${until} cases, ${Math.round(filling.caseSeconds)} s cases, ${Math.round(filling.textSeconds)} s texts`,
      )
  }
}

function questionOf({ text, order, tolerant }: BenchQuery) {
  return SearchQuestion.parse({ text, order, tolerant })
}

async function timeQueries(archive: Archive, queries: readonly BenchQuery[]): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>(KINDS.map((kind) => [kind, []]))
  const parts = (query: BenchQuery) => ({
    catalogue: archive.catalogue,
    texts: archive.texts,
    session: query.clerk ? archive.clerk : archive.archivist,
    now: new Date(AT),
  })
  for (const measured of [false, true]) {
    for (const query of queries) {
      const start = performance.now()
      await find(parts(query), questionOf(query), FIRST_HITS, null)
      if (measured) times.get(query.kind)?.push(performance.now() - start)
      if (query.kind !== 'name' && query.kind !== 'common') continue
      const again = performance.now()
      await facets(parts(query), questionOf(query))
      if (measured) times.get('facets')?.push(performance.now() - again)
    }
  }
  return times
}

const compact = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s/gu, '')

/** Every stored case with its pages, newest first, read by plain SQL and compared by plain substrings. */
function* plainCases({
  catalogue,
  texts,
}: Archive): Generator<{ readonly caseId: string; readonly row: PlainCase }> {
  const rows = catalogue.sql.each('SELECT id, number, cause, handler FROM case_file ORDER BY number_sort')
  const shelf = texts.sql('open')
  for (const row of rows) {
    const caseId = String(row.id)
    const parties = catalogue.cases.parties(caseId).map(({ name }) => name)
    const key = catalogue.search.keyOf(caseId) ?? 0
    const pages = shelf.all(
      'SELECT lines FROM page_text WHERE id BETWEEN ? AND ?',
      key * 2 ** 17,
      key * 2 ** 17 + 2 ** 17 - 1,
    )
    yield {
      caseId,
      row: {
        number: String(row.number),
        parties,
        known: compact([row.number, row.cause, row.handler, ...parties].join('|')),
        pages: pages.map((page) => compact(String(page.lines))),
      },
    }
  }
}

/** The share of what a reader of all rows finds that the search finds too, and the other way round. */
async function recall(archive: Archive, queries: readonly BenchQuery[]) {
  const compared = queries.filter(({ means }) => means !== null)
  const wanted = compared.map(() => new Set<string>())
  const means = compared.map((query) => query.means ?? (() => false))
  const normal = (row: PlainCase): PlainCase => row
  for (const { caseId, row } of plainCases(archive))
    means.forEach((fits, at) => {
      if (fits(normal(row))) wanted[at]?.add(caseId)
    })
  let expected = 0
  let met = 0
  let given = 0
  let right = 0
  for (const [at, query] of compared.entries()) {
    const all = wanted[at] ?? new Set<string>()
    const found = new Set<string>()
    let after: string | null = null
    do {
      const page: Awaited<ReturnType<typeof find>> = await find(
        { catalogue: archive.catalogue, texts: archive.texts, session: archive.archivist, now: new Date(AT) },
        questionOf(query),
        COMPARED,
        after,
      )
      for (const { caseId } of page.cases) found.add(caseId)
      after = page.next
    } while (after !== null && found.size < COMPARED)
    const keys = [...all]
      .map((id) => ({ id, key: archive.catalogue.search.keyOf(id) ?? 0 }))
      .sort((a, b) => b.key - a.key)
    const newest = keys.slice(0, COMPARED).map(({ id }) => id)
    expected += newest.length
    met += newest.filter((id) => found.has(id)).length
    given += found.size
    right += [...found].filter((id) => all.has(id)).length
  }
  return { queries: compared.length, expected, recall: met / expected, precision: right / given }
}

/** The longest time that the event loop had to wait while questions were asked, one after the other. */
async function longestWait(work: () => Promise<unknown>): Promise<number> {
  let longest = 0
  let last = performance.now()
  const watch = setInterval(() => {
    const now = performance.now()
    longest = Math.max(longest, now - last - 1)
    last = now
  }, 1)
  await work()
  clearInterval(watch)
  return longest
}

async function bytesOf(folder: string, file: string): Promise<number> {
  return (await stat(path.join(folder, file))).size
}

function indexBytes(archive: Archive): number {
  const row = archive.texts.sql('open').one(`SELECT sum(length(block)) AS n FROM page_index_data`)
  return Number(row?.n ?? 0)
}

/** Fills an archive by the product's own records, and asks it; beside it recoll over a slice of the same texts. */
export async function searchBench({ scale, say }: BenchOptions): Promise<BenchResult> {
  const scratch = path.join(projectRoot, '.cache', 'bench')
  await mkdir(scratch, { recursive: true })
  const folder = await mkdtemp(path.join(scratch, 'search-'))
  const archive = openArchive(folder)
  const size = Math.max(2000, Math.round(CASES * scale))
  const figures: Record<string, number | string> = {}
  try {
    const filling: Filling = { caseSeconds: 0, textSeconds: 0, textBytes: 0 }
    const growth: { readonly pages: number; readonly p95: Map<string, number> }[] = []
    let filled = 0
    for (const step of STEPS) {
      const until = Math.round(size * step)
      say(`filling up to ${until} cases …`)
      fill(archive, filled, until, size, filling, say)
      filled = until
      const merging = performance.now()
      for (let begin = true; archive.texts.mergeSome('open', begin); ) begin = false
      filling.textSeconds += (performance.now() - merging) / 1000
      for (const name of ['catalogue', 'open'] as const)
        (name === 'catalogue' ? archive.catalogue.sql : archive.texts.sql('open')).one(
          'PRAGMA wal_checkpoint(TRUNCATE)',
        )
      say('asking …')
      const queries = benchQueries(size, filled, EACH)
      const times = await timeQueries(archive, queries)
      const percent = Math.round(step * 100)
      growth.push({
        pages: filled * PAGES_A_CASE,
        p95: new Map([...times].map(([kind, values]) => [kind, quantile(values, 0.95)])),
      })
      for (const [kind, values] of times) {
        if (step === 1) {
          figures[`${kind}P50Ms`] = rounded(median(values), 1)
          figures[`${kind}P95Ms`] = rounded(quantile(values, 0.95), 1)
        } else figures[`${kind}P95MsAt${percent}`] = rounded(quantile(values, 0.95), 1)
      }
      say(
        `  ${[...times].map(([kind, values]) => `${kind} ${rounded(median(values), 1)}/${rounded(quantile(values, 0.95), 1)}`).join(' · ')}`,
      )
    }
    const pages = filled * PAGES_A_CASE
    figures.cases = filled
    figures.pages = pages
    figures.pagesIndexedPerSecond = rounded(pages / filling.textSeconds, 0)
    figures.casesFiledPerSecond = rounded(filled / filling.caseSeconds, 0)
    figures.textMB = rounded(filling.textBytes / 1e6, 0)
    figures.indexMB = rounded(indexBytes(archive) / 1e6, 0)
    figures.indexToText = rounded(indexBytes(archive) / filling.textBytes)
    figures.textsFileMB = rounded((await bytesOf(folder, TEXT_FILES.open)) / 1e6, 0)
    figures.catalogueFileMB = rounded((await bytesOf(folder, 'catalogue.db')) / 1e6, 0)
    for (const kind of KINDS) {
      const points = growth.map(({ pages: x, p95 }) => ({
        x: Math.log10(x),
        y: Math.log10(Math.max(0.1, p95.get(kind) ?? 0.1)),
      }))
      const fitted = slope(points)
      figures[`${kind}Slope`] = rounded(fitted)
      const last = growth.at(-1)?.p95.get(kind) ?? 0
      figures[`${kind}P95MsAt20MillionPages`] = rounded(last * (20_000_000 / pages) ** Math.max(0, fitted), 1)
    }
    say('comparing with a reader of all rows …')
    const compared = await recall(archive, benchQueries(size, filled, RECALL_EACH, 99))
    figures.recallQueries = compared.queries
    figures.recallCases = compared.expected
    figures.recall = compared.recall
    figures.precision = compared.precision
    const typed = benchQueries(size, filled, 10, 5).filter(({ clerk }) => !clerk)
    figures.longestWaitOfTheCoreMs = rounded(
      await longestWait(async () => {
        for (const query of typed)
          await find(
            {
              catalogue: archive.catalogue,
              texts: archive.texts,
              session: archive.archivist,
              now: new Date(AT),
            },
            questionOf(query),
            FIRST_HITS,
            null,
          )
      }),
      1,
    )
    await besideRecoll(folder, size, Math.max(500, Math.round(RECOLL_CASES * scale)), figures, say)
    return { figures, goals: GOALS }
  } finally {
    archive.texts.close()
    archive.catalogue.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** The same texts as files, on a slice: recoll and a shelf of the same slice, in turns. */
async function besideRecoll(
  folder: string,
  size: number,
  cases: number,
  figures: Record<string, number | string>,
  say: BenchOptions['say'],
): Promise<void> {
  say(`recoll over ${cases * PAGES_A_CASE} pages …`)
  const words = benchQueries(size, cases, EACH, 3)
    .filter(({ kind }) => kind === 'name')
    .map(({ text }) => text)
  const recoll = await recollRun(path.join(folder, 'peer'), size, cases, words)
  if (recoll === undefined) {
    figures.recoll = 'not installed'
    return
  }
  const slice = path.join(folder, 'slice')
  await mkdir(slice)
  const archive = openArchive(slice)
  try {
    const filling: Filling = { caseSeconds: 0, textSeconds: 0, textBytes: 0 }
    fill(archive, 0, cases, size, filling, say)
    const times: number[] = []
    for (const text of [...words.slice(0, 5), ...words]) {
      const start = performance.now()
      const parts = {
        catalogue: archive.catalogue,
        texts: archive.texts,
        session: archive.archivist,
        now: new Date(AT),
      }
      await find(parts, SearchQuestion.parse({ text: `页内:${text}` }), FIRST_HITS, null)
      times.push(performance.now() - start)
    }
    figures.recollVersion = recoll.version
    figures.recollSlicePages = recoll.pages
    figures.recollPagesIndexedPerSecond = rounded(recoll.pages / recoll.indexSeconds, 0)
    figures.slicePagesIndexedPerSecond = rounded(recoll.pages / filling.textSeconds, 0)
    figures.recollIndexToText = rounded(recoll.indexBytes / recoll.textBytes)
    figures.sliceIndexToText = rounded(indexBytes(archive) / filling.textBytes)
    figures.recollNameP50Ms = rounded(median(recoll.times), 1)
    figures.recollNameP95Ms = rounded(quantile(recoll.times, 0.95), 1)
    figures.recollProcessAloneP50Ms = rounded(median(recoll.emptyTimes), 1)
    figures.sliceNameP50Ms = rounded(median(times.slice(5)), 1)
    figures.sliceNameP95Ms = rounded(quantile(times.slice(5), 0.95), 1)
  } finally {
    archive.texts.close()
    archive.catalogue.close()
  }
}
