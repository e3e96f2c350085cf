import { readdirSync, readFileSync } from 'node:fs'
import { type CatalogueTemplate, parseTemplate } from '../../../shared/domain/catalogue-template.ts'

const folder = new URL('../../../assets/templates/', import.meta.url)

export const shippedTemplates: readonly CatalogueTemplate[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => parseTemplate(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))))

export function shipped(id: string): CatalogueTemplate {
  const template = shippedTemplates.find((each) => each.id === id)
  if (!template) throw new Error(`no shipped template ${id}`)
  return template
}

export interface LabelledTitle {
  readonly template: string
  readonly row: number
  readonly title: string
  readonly half: 'tuning' | 'held-out'
}

export const labelledTitles: readonly LabelledTitle[] = JSON.parse(
  readFileSync(new URL('../../fixtures/titles.json', import.meta.url), 'utf8'),
)
