import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import {
  type CatalogueTemplate,
  parseTemplate,
  templateForCase,
  templateProblems,
} from '../../shared/domain/catalogue-template.ts'
import type { VolumeKind } from '../../shared/domain/volume-kind.ts'
import { AppError } from '../../shared/errors.ts'
import type { DeskRecords } from '../catalogue/index.ts'

/** The lists that ship with the program and the versions that the room made of them. */
export interface TemplateShelf {
  readonly all: () => readonly CatalogueTemplate[]
  readonly newest: () => readonly CatalogueTemplate[]
  readonly find: (id: string, version: number | null) => CatalogueTemplate | undefined
  readonly isShipped: (template: CatalogueTemplate) => boolean
  readonly forVolume: (question: {
    readonly typeText: string
    readonly kind: VolumeKind
    readonly year: number | null
  }) => CatalogueTemplate | undefined
  /** @throws TEMPLATE_INVALID, CATALOGUE_CONFLICT when the version is not the next one */
  readonly save: (template: CatalogueTemplate) => void
}

/** Reads the shipped lists once; they are the same for every vault. */
export async function readShippedTemplates(folder: string): Promise<readonly CatalogueTemplate[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  return await Promise.all(
    names.map(async (name) => parseTemplate(JSON.parse(await readFile(path.join(folder, name), 'utf8')))),
  )
}

export function templateShelf(
  shipped: readonly CatalogueTemplate[],
  desk: DeskRecords,
  now: () => Date,
): TemplateShelf {
  const key = (template: { id: string; version: number }) => `${template.id}@${template.version}`
  const shippedKeys = new Set(shipped.map(key))
  const all = () => [...shipped, ...desk.templates().map(({ body }) => parseTemplate(JSON.parse(body)))]
  const newest = () => {
    const byId = new Map<string, CatalogueTemplate>()
    for (const template of all()) {
      const known = byId.get(template.id)
      if (known === undefined || known.version < template.version) byId.set(template.id, template)
    }
    return [...byId.values()]
  }
  return {
    all,
    newest,
    find: (id, version) =>
      version === null
        ? newest().find((template) => template.id === id)
        : all().find((template) => template.id === id && template.version === version),
    isShipped: (template) => shippedKeys.has(key(template)),
    forVolume: ({ typeText, kind, year }) =>
      templateForCase(all(), { caseTypeText: typeText, volumeKind: kind, yearFiled: year ?? undefined })
        ?.template,
    save: (template) => {
      const [problem] = templateProblems(template)
      if (problem !== undefined) throw new AppError('TEMPLATE_INVALID', { problem: problem.code })
      const latest = newest().find((known) => known.id === template.id)
      if (template.version !== (latest?.version ?? 0) + 1) {
        throw new AppError('CATALOGUE_CONFLICT', { kind: 'template', id: template.id })
      }
      desk.putTemplate(
        { id: template.id, version: template.version, body: JSON.stringify(template) },
        now().toISOString(),
      )
    },
  }
}
