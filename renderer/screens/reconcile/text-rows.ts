import type { TextRun } from '../../../shared/contract/reconcile.ts'

/** One line of both texts: runs that stand at one height. */
export interface TextRow {
  readonly key: string
  readonly runs: readonly { readonly run: TextRun; readonly index: number }[]
}

const topOf = ({ paperBox, electronicBox }: TextRun) => paperBox?.[1] ?? electronicBox?.[1]
const heightOf = ({ paperBox, electronicBox }: TextRun) => paperBox?.[3] ?? electronicBox?.[3] ?? 0.01

/** Cuts the stream of runs into lines, so that both columns stay side by side however long the texts are. */
export function textRows(runs: readonly TextRun[]): readonly TextRow[] {
  const rows: { key: string; runs: { run: TextRun; index: number }[] }[] = []
  let lineTop: number | undefined
  runs.forEach((run, index) => {
    const top = topOf(run)
    const lower = top !== undefined && lineTop !== undefined && Math.abs(top - lineTop) > heightOf(run) * 0.6
    const last = rows.at(-1)
    if (last === undefined || lower || last.runs.at(-1)?.run.paper.endsWith('\n')) {
      rows.push({ key: `line ${index}`, runs: [{ run, index }] })
      lineTop = top
    } else {
      last.runs.push({ run, index })
      lineTop ??= top
    }
  })
  return rows
}

/** Whether the run says that the two differ; a doubtful one is shown, but is no claim. */
export const differs = (run: TextRun) => run.kind !== 'same'
