import type { Watermark } from '../../shared/contract/loans.ts'

const MINUTE = new Intl.DateTimeFormat('sv-SE', {
  dateStyle: 'short',
  timeStyle: 'short',
  timeZone: 'Asia/Shanghai',
})

/** 2026-01-02 10:31, as it is in China wherever the machine's clock is set to. */
export function minuteWords(at: Date): string {
  return MINUTE.format(at)
}

export interface WatermarkWords {
  /** Short, repeated across the page. */
  readonly diagonal: string
  /** Everything, once at the foot (domain.md §7). */
  readonly foot: string
}

export function watermarkWords(mark: Watermark, at: Date, jobNumber?: string): WatermarkWords {
  const who = [mark.name, mark.staffNumber].filter((part) => part !== '').join(' ')
  const time = minuteWords(at)
  const rest = [mark.machine, mark.caseNumber, mark.purpose, jobNumber ?? '']
  return {
    diagonal: `${who}　${time}　${mark.caseNumber}`,
    foot: [who, time, ...rest].filter((part) => part !== '').join(' · '),
  }
}
