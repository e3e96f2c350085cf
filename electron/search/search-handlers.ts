import path from 'node:path'
import type { SearchedCase, SearchHit, SearchQuestion } from '../../shared/contract/search.ts'
import { maskSensitive } from '../../shared/domain/sensitive-text.ts'
import { VOLUME_KIND_INFO } from '../../shared/domain/volume-kind.ts'
import { AppError } from '../../shared/errors.ts'
import type { Call, Handlers, Session } from '../access/index.ts'
import { writeFileAtomically } from '../atomic-write.ts'
import type { Catalogue } from '../catalogue/index.ts'
import { csvTable, ruledTablePdf, type TableColumn } from '../forms/index.ts'
import type { JobDesk } from '../jobs/index.ts'
import { facets } from './facets.ts'
import { find } from './finder.ts'
import { savedSearches } from './saved-searches.ts'
import type { OpenTextShelf } from './text-shelf.ts'

export interface SearchDeskParts {
  readonly catalogue: () => Catalogue
  readonly texts: () => OpenTextShelf
  readonly jobs: () => JobDesk
  readonly unitName: () => string
  /** Which head of the log a printed list was made under. */
  readonly logHeadWords: () => string
  readonly fonts: { readonly fontRegular: string; readonly fontBold: string }
  readonly now: () => Date
  readonly newId: () => string
}

type SearchMethod =
  `search.${'find' | 'facets' | 'saved' | 'save' | 'removeSaved' | 'exportList' | 'checkIndex'}`

const MOST_EXPORTED = 5000
const CASES_AT_ONCE = 100
const HITS_A_CASE = 500

const FIELD_WORDS: Readonly<Record<SearchHit['field'], string>> = {
  number: '案号',
  cause: '案由',
  party: '当事人',
  handler: '承办人',
  date: '日期',
  'archive-number': '档号',
  item: '目录',
  page: '页内',
}

const COLUMNS: readonly TableColumn[] = [
  { title: '序号', weight: 3, align: 'center' },
  { title: '案号', weight: 12 },
  { title: '案由', weight: 9 },
  { title: '题名', weight: 12 },
  { title: '卷别', weight: 4 },
  { title: '文件', weight: 12 },
  { title: '页', weight: 4, align: 'center' },
  { title: '位置', weight: 5 },
  { title: '内容', weight: 26 },
]

function listRow(found: SearchedCase, hit: SearchHit, place: number): readonly string[] {
  return [
    String(place + 1),
    found.number,
    maskSensitive(found.cause),
    maskSensitive(found.title),
    hit.volumeKind === null ? '' : VOLUME_KIND_INFO[hit.volumeKind].zh,
    maskSensitive(hit.itemTitle ?? ''),
    hit.printedNumber ?? '',
    FIELD_WORDS[hit.field],
    maskSensitive(hit.text),
  ]
}

/** Answers `search.*`: each answer is narrowed to what the caller may read. */
export function searchHandlers(parts: SearchDeskParts): Handlers<SearchMethod> {
  const seated = ({ session }: Call): Session => {
    if (session === null) throw new AppError('ACCESS_NOT_SIGNED_IN')
    return session
  }
  const finder = (session: Session) => ({
    catalogue: parts.catalogue(),
    texts: parts.texts(),
    session,
    now: parts.now(),
  })
  const saved = () => savedSearches(parts.catalogue().sql)

  /** Who may take lists out of some cases only takes out these. */
  const exporting = (session: Session): Session => {
    const scopes = session.grants.filter(({ permission }) => permission === 'search.export')
    const grants = session.grants.flatMap((grant) => {
      if (grant.permission !== 'case.read' && grant.permission !== 'page.read') return [grant]
      return scopes.some(({ scope }) => scope === 'all' || scope === grant.scope) ? [grant] : []
    })
    return { ...session, grants }
  }
  const gather = async (session: Session, question: SearchQuestion) => {
    const rows: (readonly string[])[] = []
    let after: string | null = null
    let complete = true
    do {
      const found = await find(finder(session), question, CASES_AT_ONCE, after, HITS_A_CASE)
      for (const each of found.cases) {
        for (const hit of each.hits)
          if (rows.length < MOST_EXPORTED) rows.push(listRow(each, hit, rows.length))
        if (each.moreHits) complete = false
      }
      after = found.next
    } while (after !== null && rows.length < MOST_EXPORTED)
    return { rows, complete: complete && after === null }
  }

  return {
    'search.find': ({ limit, after, ...question }, call) =>
      find(finder(seated(call)), question, limit, after),
    'search.facets': (question, call) => facets(finder(seated(call)), question),
    'search.saved': (_, call) => saved().of(seated(call).accountId),
    'search.save': (question, call) =>
      saved().put(seated(call).accountId, { id: parts.newId(), ...question }),
    'search.removeSaved': ({ id }, call) => {
      saved().remove(seated(call).accountId, id)
      return {}
    },
    'search.checkIndex': ({ rebuild }, call) => ({
      jobId: parts.jobs().start('search-index', { rebuild }, seated(call).accountName),
    }),
    'search.exportList': async ({ file, as, ...question }, call) => {
      const { rows, complete } = await gather(exporting(seated(call)), question)
      const created = parts.now()
      const titles = COLUMNS.map(({ title }) => title)
      const day = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeZone: 'Asia/Shanghai' }).format(
        created,
      )
      const bytes =
        as === 'csv'
          ? Buffer.from(csvTable([titles, ...rows]), 'utf8')
          : await ruledTablePdf({
              title: '检索结果清单',
              heading: [
                `${parts.unitName()}　　${day}　　检索：${maskSensitive(question.text)}　　共 ${rows.length} 条`,
              ],
              columns: COLUMNS,
              rows,
              notes: [
                ...(complete
                  ? []
                  : [`每案只列前 ${HITS_A_CASE} 条、总共不超过 ${MOST_EXPORTED} 条，尚有其他命中。`]),
                parts.logHeadWords(),
              ],
              signatures: ['经办人签名'],
              createdAt: created,
              ...parts.fonts,
            })
      await writeFileAtomically(file, bytes)
      // What was asked may hold a name: the log knows how much left, not what was asked.
      call.note({ details: { rows: rows.length, as, complete } })
      return { fileName: path.basename(file), rowCount: rows.length, complete }
    },
  }
}
