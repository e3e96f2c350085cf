// Names the tests that passed only on a second try, so that a summary can say so.
import { writeFileSync } from 'node:fs'
import { fromRoot } from './project.mjs'

export const RETRIED = fromRoot('test-results', 'retried.json')

export default class RetriedReporter {
  #names = []

  onTestCaseResult(test) {
    if (!test.diagnostic()?.flaky) return
    // With what went wrong at first: a seed that failed once must not be lost.
    const first = test.result().errors?.[0]?.message ?? ''
    this.#names.push(`${test.module.relativeModuleId} › ${test.fullName}\n${first.slice(0, 1500)}`)
  }

  onTestRunEnd() {
    writeFileSync(RETRIED, JSON.stringify(this.#names))
  }
}
