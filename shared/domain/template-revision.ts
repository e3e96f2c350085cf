import { AppError } from '../errors.ts'
import { type CatalogueTemplate, type CatalogueTemplateRow, parseTemplate } from './catalogue-template.ts'

export type TemplateRowContent = Omit<CatalogueTemplateRow, 'id' | 'number'>

export type TemplateChange =
  | { readonly kind: 'rename'; readonly title: CatalogueTemplate['title'] }
  | { readonly kind: 'apply-to'; readonly appliesTo: CatalogueTemplate['appliesTo'] }
  /** `number` is the place that the new row takes; later rows move down. */
  | { readonly kind: 'add-row'; readonly number: number; readonly row: TemplateRowContent }
  | { readonly kind: 'change-row'; readonly rowId: string; readonly to: Partial<TemplateRowContent> }
  | { readonly kind: 'move-row'; readonly rowId: string; readonly number: number }
  | { readonly kind: 'remove-row'; readonly rowId: string }

export interface TemplateEdit {
  readonly changes: readonly TemplateChange[]
  /** UTC, ISO 8601. */
  readonly at: string
  readonly reason: string
}

/**
 * The next version of a template; the one given is left as it is and the caller keeps both. Rows are
 * renumbered, their ids stay, and the id of a removed row is not used again. Throws `TEMPLATE_INVALID` when a
 * row is not there or the result would not be sound.
 */
export function reviseTemplate(template: CatalogueTemplate, edit: TemplateEdit): CatalogueTemplate {
  const changed = edit.changes.reduce(applyChange, template)
  return parseTemplate({
    ...changed,
    version: template.version + 1,
    revision: { basedOn: template.version, at: edit.at, reason: edit.reason },
    rows: changed.rows.map((row, index) => ({ ...row, number: index + 1 })),
  })
}

function applyChange(template: CatalogueTemplate, change: TemplateChange): CatalogueTemplate {
  switch (change.kind) {
    case 'rename':
      return { ...template, title: change.title }
    case 'apply-to':
      return { ...template, appliesTo: change.appliesTo }
    case 'add-row': {
      const id = `r${String(template.nextRowId).padStart(2, '0')}`
      const row: CatalogueTemplateRow = { ...change.row, id, number: change.number }
      return {
        ...template,
        nextRowId: template.nextRowId + 1,
        rows: inserted(template.rows, row, change.number),
      }
    }
    case 'change-row': {
      const current = rowOf(template, change.rowId)
      const next = { ...current, ...change.to, id: current.id, number: current.number }
      return { ...template, rows: template.rows.map((row) => (row === current ? next : row)) }
    }
    case 'move-row': {
      const current = rowOf(template, change.rowId)
      const others = template.rows.filter((row) => row !== current)
      return { ...template, rows: inserted(others, current, change.number) }
    }
    case 'remove-row': {
      const current = rowOf(template, change.rowId)
      return { ...template, rows: template.rows.filter((row) => row !== current) }
    }
  }
}

function rowOf(template: CatalogueTemplate, rowId: string): CatalogueTemplateRow {
  const row = template.rows.find(({ id }) => id === rowId)
  if (!row) throw new AppError('TEMPLATE_INVALID', { template: template.id, problem: 'no-such-row', rowId })
  return row
}

function inserted(rows: readonly CatalogueTemplateRow[], row: CatalogueTemplateRow, number: number) {
  if (!Number.isInteger(number) || number < 1 || number > rows.length + 1) {
    throw new AppError('TEMPLATE_INVALID', { problem: 'number-out-of-range', number })
  }
  return rows.toSpliced(number - 1, 0, row)
}
