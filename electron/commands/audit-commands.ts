import path from 'node:path'
import type { CommandContext } from './context.ts'

/** Exit code 1 when anything of the log is not as it was written. */
export async function verifyLog(context: CommandContext): Promise<void> {
  await context.signIn()
  const report = await context.call('audit.verify', {})
  const clean = report.damages.length === 0
  context.show({ clean, ...report }, [
    ...report.damages.map((damage) => JSON.stringify(damage)),
    `记录 records: ${report.recordCount} · 链头 heads: ${report.headCount} · 签名到 signed to: ${report.signedTo}`,
    `末条哈希 last hash: ${report.headHash}`,
    clean ? '审计记录完整。The log is whole.' : '发现问题，见上。Problems were found, see above.',
  ])
  context.exit(clean ? 0 : 1)
}

export interface ExportLogOptions {
  readonly case?: string
  readonly from?: string
  readonly to?: string
}

export async function exportLog(
  context: CommandContext,
  folder: string,
  options: ExportLogOptions,
): Promise<void> {
  await context.signIn()
  const into = path.resolve(folder)
  const made = await context.call('audit.exportEvidence', {
    folder: into,
    filter: { caseNumber: options.case ?? '', from: options.from ?? null, to: options.to ?? null },
  })
  context.show(made, [
    `证据已导出 evidence: ${path.join(into, made.folderName)}`,
    `记录 records: ${made.from}–${made.to} · 列出 shown: ${made.shownCount}`,
    `公钥指纹 key fingerprint: ${made.fingerprint}`,
    '校验 check: node check.mjs',
  ])
}
