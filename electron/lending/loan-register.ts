import path from 'node:path'
import { LOAN_MANNER_INFO, LOAN_STATE_INFO, loanDue } from '../../shared/domain/loan.ts'
import { extentWords } from '../../shared/domain/loan-extent.ts'
import type { Handlers } from '../access/index.ts'
import { writeFileAtomically } from '../atomic-write.ts'
import type { LoanRecord } from '../catalogue/index.ts'
import { csvTable, ruledTablePdf, type TableColumn } from '../forms/index.ts'
import type { LendingParts } from './lending-parts.ts'
import { statesOf } from './loan-handlers.ts'
import { loanRows } from './loan-rows.ts'
import { minuteWords } from './watermark-words.ts'

/** The columns of the paper register (domain.md §3.3), with the state before the effect. */
const COLUMNS: readonly TableColumn[] = [
  { title: '序号', weight: 3, align: 'center' },
  { title: '日期', weight: 6 },
  { title: '单位', weight: 8 },
  { title: '借阅人', weight: 6 },
  { title: '证件', weight: 8 },
  { title: '案号/档号', weight: 11 },
  { title: '卷别册次页数', weight: 10 },
  { title: '目的', weight: 9 },
  { title: '方式', weight: 5 },
  { title: '审批人', weight: 7 },
  { title: '应还', weight: 6 },
  { title: '实还', weight: 6 },
  { title: '归还核对', weight: 8 },
  { title: '经手', weight: 6 },
  { title: '状态', weight: 5 },
  { title: '利用效果', weight: 9 },
]

function day(at: string | null): string {
  return at === null ? '' : minuteWords(new Date(at)).slice(0, 10)
}

function checkedWords({ countedPages, pageCount, returnNote, returnedAt }: LoanRecord): string {
  if (returnedAt === null) return ''
  if (countedPages === null) return returnNote
  const counted =
    countedPages === pageCount ? `${countedPages}页，相符` : `借出${pageCount}页，还${countedPages}页`
  return returnNote === '' ? counted : `${counted}；${returnNote}`
}

function registerRow(loan: LoanRecord, nameOf: (id: string | null) => string): readonly string[] {
  const pages = loan.pageCount === 0 ? '' : `（${loan.pageCount}页）`
  const both = (...ids: readonly (string | null)[]) =>
    [...new Set(ids.map(nameOf))].filter(Boolean).join('、')
  return [
    String(loan.number),
    day(loan.requestedAt),
    loan.unit,
    loan.borrowerName,
    loan.identity,
    loan.caseNumber,
    `${extentWords(loan.extent)}${pages}`,
    loan.purpose,
    loan.manners.map((manner) => LOAN_MANNER_INFO[manner].zh).join('、'),
    both(loan.approvedBy, loan.secondApprovedBy),
    day(loan.untilAt),
    day(loan.returnedAt),
    checkedWords(loan),
    both(loan.handedOutBy, loan.takenBackBy),
    LOAN_STATE_INFO[loan.state].zh,
    loan.effect,
  ]
}

/** 借阅登记簿 as a table to work with, or ruled on A4 to sign. */
export function registerHandlers(parts: LendingParts): Handlers<'loans.exportRegister'> {
  const { nameOf } = loanRows(parts)
  return {
    'loans.exportRegister': async ({ file, as, list }, call) => {
      const { loans, lent } = parts.catalogue()
      const at = lent.moment(parts.now())
      const chosen = [...loans.list(statesOf(list))]
        .reverse()
        .filter((loan) => list !== 'overdue' || loanDue(loan, at).startsWith('overdue'))
      const rows = chosen.map((loan) => registerRow(loan, nameOf))
      const titles = COLUMNS.map(({ title }) => title)
      const bytes =
        as === 'csv'
          ? Buffer.from(csvTable([titles, ...rows]), 'utf8')
          : await ruledTablePdf({
              title: '借阅登记簿',
              heading: [`${parts.unitName()}　　打印日期：${day(at)}　　共 ${rows.length} 条`],
              columns: COLUMNS,
              rows,
              notes: [parts.logHeadWords()],
              signatures: ['经手人签名', '档案部门负责人签名'],
              createdAt: parts.now(),
              ...parts.fonts,
            })
      await writeFileAtomically(file, bytes)
      call.note({ details: { rows: rows.length, as } })
      return { fileName: path.basename(file), rowCount: rows.length }
    },
  }
}
