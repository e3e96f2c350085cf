/** What a file on a medium is to the person who reads of its damage. */
export const FILE_KINDS = ['object', 'part', 'snapshot', 'set', 'index', 'note', 'other'] as const
export type FileKind = (typeof FILE_KINDS)[number]

/** By its place in the set, see `electron/backup/FORMAT.md`. */
export function fileKind(file: string): FileKind {
  if (file.startsWith('objects/')) return 'object'
  if (file.startsWith('files/')) return 'part'
  if (file.startsWith('snapshots/')) return 'snapshot'
  if (file === 'set.json') return 'set'
  if (file === 'index.json') return 'index'
  if (file === 'README.txt' || file === 'check.mjs') return 'note'
  return 'other'
}
