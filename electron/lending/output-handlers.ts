import path from 'node:path'
import type { ParsedInputOf } from '../../shared/contract/index.ts'
import { AppError } from '../../shared/errors.ts'
import type { Call, Handlers } from '../access/index.ts'
import { writeFileAtomically } from '../atomic-write.ts'
import { lentView } from '../catalogue/index.ts'
import { pageCopiesPdf } from '../forms/index.ts'
import { type LendingParts, sessionOf } from './lending-parts.ts'
import { loanRows } from './loan-rows.ts'
import { countOutput } from './output-register.ts'
import { pageListWords } from './page-list-words.ts'
import { readerWatermark, WATERMARK_ALL } from './reader-watermark.ts'
import { uprightImage } from './upright-image.ts'
import { drawWatermark } from './watermark-image.ts'
import { minuteWords, watermarkWords } from './watermark-words.ts'

type OutputMethod =
  | `pages.${'watermark' | 'exportPdf' | 'printPdf'}`
  | `outputs.${'list' | 'policy' | 'setPolicy'}`
type Kind = 'export' | 'print'

const SHOWN = 1000

/** Watermarks, and pages that leave the room as PDF: each time is one row of the register of outputs. */
export function outputHandlers(parts: LendingParts): Handlers<OutputMethod> {
  const { nameOf } = loanRows(parts)
  const markOf = (call: Call, volumeId: string) =>
    readerWatermark(
      { catalogue: parts.catalogue(), session: sessionOf(call), machine: parts.machine, now: parts.now() },
      { kind: 'volume', id: volumeId },
    )

  /** The chosen pages in image order. Throws ACCESS_DENIED for one beyond the grant, or lent without copying. */
  const allowed = (
    needs: 'page.export' | 'page.print',
    input: ParsedInputOf<'pages.exportPdf'>,
    call: Call,
  ) => {
    const catalogue = parts.catalogue()
    const session = sessionOf(call)
    const { caseId } = catalogue.volumes.require(input.volumeId)
    const view = lentView(catalogue, session, caseId, needs, parts.now())
    const wanted = new Set(input.pageIds)
    const pages = catalogue.pages.list(input.volumeId).filter(({ id }) => wanted.has(id))
    if (pages.length !== wanted.size) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'page' })
    const at = catalogue.lent.moment(parts.now())
    let loanId: string | null = null
    for (const { id } of view === null ? [] : pages) {
      const [loan] = catalogue.lent.loansOf(session.accountId, id, at)
      if (loan === undefined) throw new AppError('ACCESS_DENIED', { needs, reason: 'out-of-scope' })
      if (!loan.mayCopy) throw new AppError('ACCESS_DENIED', { needs, reason: 'no-copy' })
      loanId ??= loan.loanId
    }
    return { pages, caseId, loanId, drawn: view !== null }
  }

  const write = async (
    kind: Kind,
    needs: 'page.export' | 'page.print',
    input: ParsedInputOf<'pages.exportPdf'>,
    call: Call,
  ) => {
    const catalogue = parts.catalogue()
    const session = sessionOf(call)
    const { pages, caseId, loanId, drawn } = allowed(needs, input, call)
    const now = parts.now()
    // Counted before it is written: a copy that nobody counted must not exist.
    const jobNumber = countOutput(
      catalogue,
      {
        id: parts.newId(),
        ...{ kind, caseId, loanId, pages, accountId: session.accountId, volumeId: input.volumeId },
        ...{ copies: input.copies, purpose: input.purpose },
      },
      now,
    )
    const caseNumber = catalogue.cases.require(caseId).number
    const mark = {
      name: session.displayName,
      staffNumber: catalogue.accounts.find(session.accountId)?.staffNumber ?? '',
      machine: parts.machine,
      caseNumber,
      purpose: input.purpose,
      ...{ drawn, untilAt: null, mayCopy: true },
    }
    const words = watermarkWords(mark, now, jobNumber)
    const items = new Set(pages.flatMap(({ itemId }) => (itemId === null ? [] : [itemId]))).size
    const counted = { pages: pages.length * input.copies, items, copies: input.copies, jobNumber }
    call.note({ page: pageListWords(pages), reason: input.purpose, details: counted })
    const bytes = await pageCopiesPdf({
      title: `${caseNumber} ${jobNumber}`,
      words: drawn ? { ...words, diagonal: '' } : words,
      code: `${jobNumber}|${caseNumber}|${session.accountName}|${minuteWords(now)}`,
      createdAt: now,
      pages: pages.map((page) => ({
        label: page.printedNumber === '' ? `影像 ${page.position}` : `第 ${page.printedNumber} 页`,
        // What is lent carries the mark in its pixels too: the text over it could be taken off.
        image: async () => {
          const { bytes } = await parts.images().read(page.versionId, 'view', null)
          const image = await uprightImage(bytes, page.turn)
          return drawn ? await drawWatermark(image, words, parts.fonts.fontRegular) : image
        },
      })),
      fontRegular: parts.fonts.fontRegular,
    })
    await writeFileAtomically(input.file, bytes)
    return { fileName: path.basename(input.file), jobNumber, pageCount: pages.length }
  }

  return {
    'pages.watermark': ({ volumeId }, call) => ({ watermark: markOf(call, volumeId) }),
    'pages.exportPdf': (input, call) => write('export', 'page.export', input, call),
    'pages.printPdf': (input, call) => write('print', 'page.print', input, call),
    'outputs.policy': () => ({ watermarkAll: parts.catalogue().desk.setting(WATERMARK_ALL) === 'yes' }),
    'outputs.setPolicy': ({ watermarkAll }, call) => {
      parts.catalogue().desk.putSetting(WATERMARK_ALL, watermarkAll ? 'yes' : 'no')
      call.note({ details: { watermarkAll } })
      return { watermarkAll }
    },
    'outputs.list': () => {
      const { outputs, cases } = parts.catalogue()
      return outputs
        .list(SHOWN)
        .map(({ id, jobNumber, kind, accountId, caseId, pages, pageCount, copies, purpose, at }) => ({
          ...{ id, jobNumber, kind, pages, pageCount, copies, purpose, at },
          accountName: nameOf(accountId),
          caseNumber: cases.find(caseId)?.number ?? '',
        }))
    },
  }
}
