import { number, type Row, type Statements, text, textOrNull } from './statements.ts'

/** One printing or export of pages, as its register keeps it. */
export interface OutputRecord {
  readonly id: string
  readonly jobNumber: string
  readonly kind: 'export' | 'print'
  readonly accountId: string
  readonly caseId: string
  readonly volumeId: string
  /** The loan by which the pages were read, when it was by one. */
  readonly loanId: string | null
  /** As printed: 1-30、45. */
  readonly pages: string
  readonly pageCount: number
  readonly copies: number
  readonly purpose: string
  readonly at: string
}

export interface OutputRecords {
  readonly insert: (output: OutputRecord) => void
  /** Newest first. */
  readonly list: (limit: number) => readonly OutputRecord[]
  /** How many were numbered with this beginning, for the next number. */
  readonly countNumbered: (beginning: string) => number
}

function outputRecord(row: Row): OutputRecord {
  return {
    id: text(row, 'id'),
    jobNumber: text(row, 'job_number'),
    kind: text(row, 'kind') as OutputRecord['kind'],
    accountId: text(row, 'account_id'),
    caseId: text(row, 'case_id'),
    volumeId: text(row, 'volume_id'),
    loanId: textOrNull(row, 'loan_id'),
    pages: text(row, 'pages'),
    pageCount: number(row, 'page_count'),
    copies: number(row, 'copies'),
    purpose: text(row, 'purpose'),
    at: text(row, 'at'),
  }
}

export function outputRecords(sql: Statements): OutputRecords {
  return {
    insert: (output) => {
      sql.run(
        'INSERT INTO page_output VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        ...[output.id, output.jobNumber, output.kind, output.accountId, output.caseId, output.volumeId],
        ...[output.loanId, output.pages, output.pageCount, output.copies, output.purpose, output.at],
      )
    },
    list: (limit) =>
      sql.all('SELECT * FROM page_output ORDER BY at DESC, id DESC LIMIT ?', limit).map(outputRecord),
    countNumbered: (beginning) =>
      number(
        sql.one(
          'SELECT count(*) AS n FROM page_output WHERE substr(job_number, 1, ?) = ?',
          beginning.length,
          beginning,
        ) ?? {},
        'n',
      ),
  }
}
