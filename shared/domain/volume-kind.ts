export const VOLUME_KINDS = [
  'main',
  'sub',
  'procuratorate',
  'procuratorate-internal',
  'investigation',
  'law-firm',
] as const
export type VolumeKind = (typeof VOLUME_KINDS)[number]

/** Which key seals the pages: restricted material is unreadable to accounts without that key. */
export type Compartment = 'open' | 'restricted'

export interface VolumeKindInfo {
  readonly zh: string
  readonly en: string
  /** One character for names and lists. */
  readonly mark: string
  readonly compartment: Compartment
}

export const VOLUME_KIND_INFO: Readonly<Record<VolumeKind, VolumeKindInfo>> = {
  main: { zh: '正卷', en: 'Main volume', mark: '正', compartment: 'open' },
  sub: { zh: '副卷', en: 'Sub-volume', mark: '副', compartment: 'restricted' },
  procuratorate: { zh: '检察卷', en: 'Procuratorate volume', mark: '检', compartment: 'open' },
  'procuratorate-internal': {
    zh: '检察内卷',
    en: 'Internal procuratorate volume',
    mark: '内',
    compartment: 'restricted',
  },
  investigation: { zh: '侦查卷', en: 'Investigation volume', mark: '侦', compartment: 'open' },
  'law-firm': { zh: '律师卷', en: 'Law firm file', mark: '律', compartment: 'open' },
}

export function compartmentOf(kind: VolumeKind): Compartment {
  return VOLUME_KIND_INFO[kind].compartment
}

/** Reads 正卷, 正 or main; null for anything else. */
export function readVolumeKind(text: string): VolumeKind | null {
  const plain = text.normalize('NFKC').replace(/\s/g, '')
  return (
    VOLUME_KINDS.find((kind) => {
      const info = VOLUME_KIND_INFO[kind]
      return plain === kind || plain === info.zh || plain === info.mark
    }) ?? null
  )
}
