import type { Party } from '../../../shared/contract/model.ts'
import type { CatalogueFinding, PaperCatalogue } from '../../../shared/contract/paper-catalogue.ts'
import { restoreMasked, shelteredName } from '../../../shared/domain/sensitive-text.ts'

/** 隐名: names that are not shown unmasked; longer ones first, so that none is taken for a part of another. */
const shelteredOf = (parties: readonly Party[]): readonly string[] =>
  parties
    .filter(({ sheltered }) => sheltered === true)
    .map(({ name }) => name)
    .sort((a, b) => b.length - a.length)

/** The lists as they are shown: sheltered parties by their masked names. Numbers are masked where all replies are. */
export function withNamesHidden(
  parties: readonly Party[],
  catalogue: PaperCatalogue,
  findings: readonly CatalogueFinding[],
): { readonly catalogue: PaperCatalogue; readonly findings: CatalogueFinding[] } {
  const names = shelteredOf(parties)
  const hide = (text: string) =>
    names.reduce((hidden, name) => hidden.replaceAll(name, shelteredName(name)), text)
  return {
    catalogue: eachText(catalogue, hide),
    findings: findings.map((finding) => ({
      ...finding,
      paper: hide(finding.paper),
      electronic: hide(finding.electronic),
    })),
  }
}

/** What was typed over masked texts, with the hidden parts put back, so that stars never reach what is kept. */
export function withHiddenPutBack(
  typed: PaperCatalogue,
  known: PaperCatalogue | undefined,
  parties: readonly Party[],
): PaperCatalogue {
  if (known === undefined) return typed
  const originals: string[] = []
  eachText(known, (text) => {
    originals.push(text)
    return text
  })
  const names = shelteredOf(parties).filter((name) => originals.some((text) => text.includes(name)))
  return eachText(typed, (text) =>
    restoreMasked(
      names.reduce((whole, name) => whole.replaceAll(shelteredName(name), name), text),
      originals,
    ),
  )
}

function eachText(catalogue: PaperCatalogue, change: (text: string) => string): PaperCatalogue {
  const changed = <T extends object>(fields: T): T =>
    Object.fromEntries(
      Object.entries(fields).map(([field, value]) => [
        field,
        typeof value === 'string' ? change(value) : value,
      ]),
    ) as T
  return {
    ...catalogue,
    rows: catalogue.rows.map(changed),
    note: changed(catalogue.note),
    cover: changed(catalogue.cover),
  }
}
