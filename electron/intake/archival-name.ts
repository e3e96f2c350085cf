import { type FileNameTemplate, parseFileNameTemplate, renderFileName } from '../../shared/domain/index.ts'
import { VOLUME_KIND_INFO, type VolumeKind } from '../../shared/domain/volume-kind.ts'
import { AppError } from '../../shared/errors.ts'

/** Page images are named by case number until the case has a 档号 (domain.md §1.4). */
export const MASTER_NAME_TEMPLATE = '{案号}_{正|副}{册}_{流水号:4}'
export const EXPORT_NAME_TEMPLATE = '{案号}_{正|副}{册}_{序号:3}_{题名}_{日期}_p{起页}-{止页}.pdf'

export interface NamedPage {
  readonly caseNumberFileSafe: string
  readonly kind: VolumeKind
  readonly book: number
  readonly position: number
  readonly format: string
}

const EXTENSIONS: Readonly<Record<string, string>> = { jpeg: 'jpg', png: 'png', tiff: 'tif', pdf: 'pdf' }

/** Reads a template or says what is wrong with it. @throws INTAKE_NAME_TEMPLATE_INVALID */
export function requireNameTemplate(source: string): FileNameTemplate {
  const read = parseFileNameTemplate(source)
  if (read.ok) return read.template
  throw new AppError('INTAKE_NAME_TEMPLATE_INVALID', { problem: read.problems[0]?.reason ?? '' })
}

/** The name under which a page image would stand in a folder; the extension follows the image, not the template. */
export function archivalName(template: FileNameTemplate, page: NamedPage): string {
  const rendered = renderFileName(template, {
    caseNumber: page.caseNumberFileSafe,
    volumeKind: VOLUME_KIND_INFO[page.kind].zh,
    volumeMark: VOLUME_KIND_INFO[page.kind].mark,
    book: page.book,
    counter: page.position,
  })
  if (!rendered.ok) throw new AppError('INTAKE_NAME_UNUSABLE', { reason: rendered.reason })
  return `${rendered.name.replace(/\.[A-Za-z0-9]{1,4}$/u, '')}.${EXTENSIONS[page.format] ?? page.format}`
}
