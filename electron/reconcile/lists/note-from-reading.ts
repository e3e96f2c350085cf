import { PaperCatalogue } from '../../../shared/contract/paper-catalogue.ts'
import type { PageReading } from '../../../shared/domain/page-text.ts'
import { withArabicNumerals } from '../../../shared/domain/reconcile/written-forms.ts'
import { type UprightLine, uprightLines } from '../../../shared/domain/upright-line.ts'

type ClosingNote = PaperCatalogue['note']

const LABELS = [
  ['situation', /(?:本卷)?情况说明|说明/u],
  ['filedBy', /立卷人/u],
  ['checkedBy', /检查人|审核人/u],
  ['filedOn', /立卷(?:时间|日期)|日期/u],
] as const

export const EMPTY_NOTE: ClosingNote = PaperCatalogue.shape.note.parse({})

/** Lines that stand beside one another as one text, from the top. */
function writtenRows(lines: readonly UprightLine[]): readonly string[] {
  const rows: { middle: number; height: number; lines: UprightLine[] }[] = []
  for (const line of lines) {
    const middle = (line.top + line.bottom) / 2
    const row = rows.at(-1)
    if (row !== undefined && Math.abs(middle - row.middle) < row.height * 0.6) row.lines.push(line)
    else rows.push({ middle, height: line.bottom - line.top, lines: [line] })
  }
  return rows.map((row) =>
    [...row.lines]
      .sort((a, b) => a.left - b.left)
      .map(({ text }) => text)
      .join(' '),
  )
}

function counted(text: string, unit: RegExp): number | null {
  const plain = withArabicNumerals(text.normalize('NFKC')).replace(/\s/gu, '')
  const found = unit.exec(plain)
  const count = Number(found?.[1] ?? found?.[2] ?? Number.NaN)
  return Number.isSafeInteger(count) ? count : null
}

/** 件数, 页数, 说明 and who signed, from the text of a 备考表. What was not read stays empty. */
export function noteFromReading(reading: PageReading): ClosingNote {
  const rows = writtenRows(uprightLines(reading)).filter((row) => !/备考表$/u.test(row.replaceAll(' ', '')))
  const texts: Record<(typeof LABELS)[number][0], string[]> = {
    situation: [],
    filedBy: [],
    checkedBy: [],
    filedOn: [],
  }
  let current: keyof typeof texts | null = null
  for (const row of rows) {
    const [label, pattern] = LABELS.find(([, words]) => words.test(row.slice(0, 12))) ?? [null, null]
    if (label !== null) {
      // signatures stand in their own row, the explanation runs on
      current = label === 'situation' ? label : null
      const rest = row.replace(new RegExp(`^.*?(?:${pattern.source})\\s*[:：]?\\s*`, 'u'), '').trim()
      if (rest !== '') texts[label].push(rest)
    } else if (current !== null) texts[current].push(row)
  }
  const all = rows.join('\n')
  return PaperCatalogue.shape.note.parse({
    itemCount: counted(all, /(?:共|计)(\d+)件|件数[:：]?(\d+)/u),
    pageCount: counted(all, /(?:共|计|件)[^第\d]{0,4}(\d+)页|页数[:：]?(\d+)/u),
    situation: texts.situation.join('\n').slice(0, 2000),
    filedBy: texts.filedBy.join('').slice(0, 300),
    checkedBy: texts.checkedBy.join('').slice(0, 300),
    filedOn: texts.filedOn.join('').replace(/\s/gu, '').slice(0, 300),
  })
}
