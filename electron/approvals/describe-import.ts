import { createHash } from 'node:crypto'
import path from 'node:path'
import type { FieldChange } from '../../shared/contract/approvals.ts'
import { AppError } from '../../shared/errors.ts'
import { listSourceFiles, readSourceFile, type SourceFile } from '../intake/index.ts'
import { type Describer, field } from './describe-parts.ts'

async function fileChange(name: string, file: SourceFile): Promise<FieldChange> {
  const sha256 = createHash('sha256')
    .update(await readSourceFile(file))
    .digest('hex')
  return field(name, null, `${file.sizeBytes} B · SHA-256 ${sha256}`, file.displayName)
}

/** Listed whole and in order; a file that cannot be taken makes no request, since nobody could say what it holds. */
async function filesOf(name: string, paths: readonly string[]): Promise<readonly FieldChange[]> {
  const { files, problems } = await listSourceFiles(paths)
  const [problem] = problems
  if (problem !== undefined) throw AppError.fromEnvelope(problem.error)
  const changes: FieldChange[] = []
  for (const file of files) changes.push(await fileChange(name, file))
  return changes
}

/** 补扫: which files, by content, would be added to how many pages. */
export const describeImport: Describer<'intake.start'> = async (input, parts) => {
  const { volumes, pages } = parts.catalogue()
  volumes.require(input.volumeId)
  const files = await filesOf('file', input.paths)
  if (files.length === 0) throw new AppError('INTAKE_NOTHING_TO_IMPORT')
  const table = input.table === undefined ? [] : await filesOf('table', [path.resolve(input.table.path)])
  const list = (kinds: readonly string[]) => (kinds.length === 0 ? null : kinds.join(', '))
  const count = pages.list(input.volumeId).length
  return {
    input,
    adds: true,
    changes: [
      field('pageCount', count, null),
      ...files,
      ...table,
      field('duplicates', null, input.duplicates),
      field('detectBlank', null, input.detectBlank ? 'yes' : 'no'),
      field('frontMatter', null, list(input.frontMatter)),
      field('backMatter', null, list(input.backMatter)),
    ],
  }
}
