import { readReportFile } from './report-file.ts'
import { readReport } from './signed-report.ts'

export interface ReportNames {
  readonly volumeId: string
  readonly reportId: string
}

/** What a report's file says that it is of; nothing of it is proven by that. */
export async function reportNames(path: string): Promise<ReportNames | undefined> {
  const { json } = await readReportFile(path)
  const report = json === undefined ? undefined : readReport(json)?.report
  return report === undefined ? undefined : { volumeId: report.volume.id, reportId: report.reportId }
}
