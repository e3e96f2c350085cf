/** The folder on a medium: one for each vault that is backed up to it. */
export const SET_FOLDER = 'juanku-backup'
export const SET_FILE = 'set.json'
export const INDEX_FILE = 'index.json'
export const NOTE_FILE = 'README.txt'
export const CHECKER_FILE = 'check.mjs'
/** The vault's own database, as it lies in a vault and in a set. */
export const CATALOGUE_FILE = 'catalogue.db'
export const OBJECTS = 'objects'
export const FILES = 'files'
export const SNAPSHOTS = 'snapshots'
export const INCOMING = 'incoming'

/** FAT32 ends a file one byte before 4 GiB: parts stay well below, so that every drive takes them. */
export const PART_BYTES = 1024 ** 3

/** The 256 folders of objects, in the order in which everything is walked. */
export const GROUPS: readonly string[] = Array.from({ length: 256 }, (_, at) =>
  at.toString(16).padStart(2, '0'),
)

export function isObjectName(name: string): boolean {
  return /^[0-9a-f]{64}$/.test(name)
}

/** `20261123T225133Z-4f2a9c`: sorts by time, and is a name that every drive takes. */
export function isSnapshotId(name: string): boolean {
  return /^\d{8}T\d{6}Z-[0-9a-f]{6}$/.test(name)
}

export function snapshotId(at: Date, random: Uint8Array): string {
  const time = at.toISOString().replace(/[-:]|\.\d+/g, '')
  return `${time}-${Buffer.from(random).toString('hex').slice(0, 6)}`
}

export function partFile(sha256: string): string {
  return `${FILES}/${sha256}`
}

export function snapshotFile(id: string): string {
  return `${SNAPSHOTS}/${id}.json`
}
