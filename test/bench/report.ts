import { writeFileAtomically } from '../../electron/atomic-write.ts'
import { type Machine, thisMachine } from './machine.ts'

export type Figures = Readonly<Record<string, number | string>>

/** What a figure is wanted to be; `least` for at least, `under` for less than. */
export interface Goal {
  readonly figure: string
  readonly least?: number
  readonly under?: number
}

export interface Aim {
  readonly figure: string
  readonly aim: string
  readonly value: number
  readonly met: boolean
}

/** The one document that a benchmark prints. */
export interface BenchDocument {
  readonly name: string
  readonly machine: Machine
  /** UTC ISO. */
  readonly measuredAt: string
  readonly scale: number
  readonly figures: Figures
  readonly aims: readonly Aim[]
}

export interface BenchOptions {
  readonly scale: number
  /** Says what is being done; on standard error, so that the document stands alone. */
  readonly say: (line: string) => void
}

export interface BenchResult {
  readonly figures: Figures
  readonly goals: readonly Goal[]
}

function judged(goal: Goal, figures: Figures): Aim {
  const value = Number(figures[goal.figure])
  if (goal.least !== undefined)
    return { figure: goal.figure, aim: `>= ${goal.least}`, value, met: value >= goal.least }
  const under = goal.under ?? Number.NaN
  return { figure: goal.figure, aim: `< ${under}`, value, met: value < under }
}

export function benchDocument(name: string, scale: number, result: BenchResult): BenchDocument {
  return {
    name,
    machine: thisMachine(),
    measuredAt: new Date().toISOString(),
    scale,
    figures: result.figures,
    aims: result.goals.map((goal) => judged(goal, result.figures)),
  }
}

/** The document as lines for people. */
export function benchLines(document: BenchDocument): readonly string[] {
  const { machine } = document
  const width = Math.max(...Object.keys(document.figures).map((name) => name.length))
  return [
    `${document.name} · ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.os}, Node ${machine.node}`,
    ...Object.entries(document.figures).map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
    ...document.aims.map(
      (aim) => `${aim.met ? '  met    ' : '  NOT MET'} ${aim.figure} ${aim.aim}: ${aim.value}`,
    ),
  ]
}

/** Keeps the last reported run of the whole work; a smaller one says nothing worth keeping. */
export async function keepResult(document: BenchDocument, folder: URL): Promise<void> {
  if (document.scale !== 1) return
  const file = new URL(`${document.name}.json`, folder)
  const { fileURLToPath } = await import('node:url')
  await writeFileAtomically(fileURLToPath(file), `${JSON.stringify(document, null, 2)}\n`, { mode: 0o644 })
}
