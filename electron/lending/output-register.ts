import type { PageRow } from '../../shared/contract/model.ts'
import type { Catalogue, OutputRecord } from '../catalogue/index.ts'
import { pageListWords } from './page-list-words.ts'
import { minuteWords } from './watermark-words.ts'

/** What is written into the register of outputs beside its number, its time and the words for its pages. */
export interface CountedOutput
  extends Pick<
    OutputRecord,
    'id' | 'kind' | 'accountId' | 'caseId' | 'volumeId' | 'loanId' | 'copies' | 'purpose'
  > {
  readonly pages: readonly PageRow[]
}

/** Writes one row of the register of outputs; gives the number of the day under which it stands. */
export function countOutput(catalogue: Catalogue, output: CountedOutput, now: Date): string {
  const beginning = `P${minuteWords(now).slice(0, 10).replaceAll('-', '')}-`
  const place = catalogue.outputs.countNumbered(beginning) + 1
  const jobNumber = `${beginning}${String(place).padStart(4, '0')}`
  catalogue.outputs.insert({
    ...output,
    jobNumber,
    pages: pageListWords(output.pages),
    pageCount: output.pages.length,
    at: catalogue.lent.moment(now),
  })
  return jobNumber
}
