const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const

/** A size in the largest unit that leaves a number of one or more. */
export function sizeText(sizeBytes: number, language: string): string {
  const step = sizeBytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(sizeBytes) / 10))
  const size = sizeBytes / 1024 ** step
  const digits = step === 0 || size >= 100 ? 0 : 1
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(size)} ${UNITS[step]}`
}
