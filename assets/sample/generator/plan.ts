import type { CatalogueRow } from './documents/binder.ts'
import type { DegradeOptions } from './page/degrade.ts'
import type { ImageFormat } from './page/encode.ts'
import type { PageSpec } from './page/marks.ts'

/** Every accident on every page follows from it. */
export const seed = 20230223
export const dpi = 200

/** One 件: a row of the 卷内目录 and the pages behind it. */
export interface ItemPlan {
  readonly title: string
  /** Number of the directory entry in the national 民事一审 template; the 副卷 has its own four. */
  readonly templateNo: number
  readonly date: string
  readonly author: string
  readonly remark: string
  readonly pages: readonly PageSpec[]
  readonly format: ImageFormat
  /** Both sides of each sheet carry text. */
  readonly duplex?: boolean
  /** The scanner also delivered the empty back of the last sheet. */
  readonly blankBack?: boolean
  /** For formats with several pages in a file, and files with a telling name. */
  readonly fileName?: string
  readonly scan?: DegradeOptions
}

export interface VolumePlan {
  /** Volume code of the page ids, ASCII. */
  readonly code: 'main' | 'inner'
  readonly name: '正卷' | '副卷'
  readonly items: readonly ItemPlan[]
  /** What the 备考表 says; null where the volume has none. */
  readonly note: ((rows: readonly CatalogueRow[]) => string) | null
}
