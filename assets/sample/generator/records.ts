import type { AssembledVolume } from './assemble.ts'
import { facts } from './documents/facts.ts'
import { truthOf } from './page/marks.ts'

/** A file as written. */
export interface WrittenFile {
  readonly path: string
  readonly format: string
  readonly frames: number
  readonly sizeBytes: number
  readonly sha256: string
}

const quoted = (value: string): string => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)

/** The 卷内目录 of all volumes as a table, UTF-8 with a byte order mark, CRLF: what Excel opens without asking. */
export function rowsCsv(volumes: readonly AssembledVolume[]): string {
  const lines = [['卷别', '序号', '文书材料名称', '页次起', '页次止', '日期', '责任者', '备注']]
  for (const { plan, rows } of volumes)
    plan.items.forEach((item, index) => {
      const row = rows[index]
      lines.push([
        plan.name,
        String(index + 1),
        item.title,
        row?.first ?? '',
        row?.last ?? '',
        item.date,
        item.author,
        item.remark,
      ])
    })
  return `\ufeff${lines.map((line) => line.map(quoted).join(',')).join('\r\n')}\r\n`
}

export function caseJson(
  volumes: readonly AssembledVolume[],
  files: readonly WrittenFile[],
  seed: number,
  dpi: number,
): string {
  const document = {
    format: 'juanku-sample-case/1',
    fictional: true,
    seed,
    dpi,
    caseNumber: facts.caseNumber,
    cause: facts.cause,
    unit: facts.court,
    template: '民事一审',
    instance: '一审',
    procedure: '普通程序',
    parties: [
      { role: '原告', name: facts.plaintiff },
      { role: '原告委托诉讼代理人', name: facts.plaintiffAgent },
      { role: '被告', name: facts.defendant },
      { role: '被告', name: facts.company },
      { role: '被告法定代表人', name: facts.companyHead },
    ],
    panel: [
      { role: '审判长', name: facts.presiding },
      { role: '审判员', name: facts.judge },
      { role: '人民陪审员', name: facts.juror },
      { role: '书记员', name: facts.clerk },
    ],
    dates: {
      received: '2023-02-20',
      accepted: '2023-02-23',
      heard: '2023-04-18',
      judged: '2023-05-22',
      closed: '2023-05-26',
      filed: '2023-08-30',
    },
    outcome: '判决',
    retention: 'D30',
    volumes: volumes.map(({ plan, pages, rows, numbered }) => ({
      name: plan.name,
      code: plan.code,
      archiveNumber: `Z999-ZY·SS·2023·D30-1024-${plan.code === 'main' ? '001' : '002'}`,
      numberedPages: numbered,
      images: pages.length,
      files: files.filter((file) => file.path.startsWith(`scans/${plan.name}/`)),
      items: plan.items.map((item, index) => ({
        row: index + 1,
        title: item.title,
        templateNo: item.templateNo,
        date: item.date,
        author: item.author,
        remark: item.remark,
        first: rows[index]?.first ?? '',
        last: rows[index]?.last ?? '',
      })),
      pages: pages.map(({ id, file, frame, kind, sheet, side, printed, item }) => ({
        id,
        file,
        frame,
        kind,
        sheet,
        side,
        printed,
        item,
      })),
    })),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

/** Ground truth beyond the text: what stands on each page and what was done to it. */
export function truthJson(volumes: readonly AssembledVolume[]): string {
  const pages = volumes.flatMap(({ plan, pages }) =>
    pages.map((page) => {
      const item = page.item === null ? undefined : plan.items[page.item - 1]
      const { handwriting, seals } = truthOf(page.spec)
      return {
        id: page.id,
        title: page.kind === 'blank' ? null : (item?.title ?? systemTitles[page.kind] ?? null),
        date: page.kind === 'blank' ? null : (item?.date ?? null),
        printed: page.printed,
        kind: page.kind,
        handwriting,
        seals,
        degradation: page.scan,
        behind: page.behindId,
      }
    }),
  )
  return `${JSON.stringify({ format: 'juanku-sample-truth/1', pages }, null, 2)}\n`
}

const systemTitles: Record<string, string> = { cover: '封面', catalogue: '卷内目录', note: '备考表' }
