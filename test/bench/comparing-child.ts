import {
  type ComparedPage,
  comparePages,
  type PageComparison,
} from '../../electron/reconcile/comparing/index.ts'

/** One pair to be compared, or the end. */
export type ComparingQuestion =
  | { readonly paper: ComparedPage; readonly electronic: ComparedPage }
  | { readonly end: true }

export interface ComparingAnswer {
  readonly comparison: PageComparison
  readonly seconds: number
  /** The most that this process, which does nothing else, has held so far. */
  readonly peakMegabytes: number
}

process.on('message', (question: ComparingQuestion) => {
  if ('end' in question) {
    process.disconnect()
    return
  }
  const started = performance.now()
  void comparePages(question.paper, question.electronic).then((comparison) => {
    const answer: ComparingAnswer = {
      comparison,
      seconds: (performance.now() - started) / 1000,
      peakMegabytes: process.resourceUsage().maxRSS / 1024,
    }
    process.send?.(answer)
  })
})
