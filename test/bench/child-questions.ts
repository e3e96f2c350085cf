/** What the process that runs the core's services is asked. */
export type DeskQuestion =
  | {
      readonly ask: 'create-vault'
      readonly folder: string
      readonly account: { readonly name: string; readonly password: string }
    }
  | { readonly ask: 'create-case'; readonly number: string }
  | {
      readonly ask: 'import'
      readonly volumeId: string
      readonly paths: readonly string[]
      /** How many times memory is looked at on the way; 0 leaves the import undisturbed. */
      readonly samples: number
    }
  /** What is held once nothing is left to collect. */
  | { readonly ask: 'memory' }
  | { readonly ask: 'close' }

export type ToDeskChild = DeskQuestion & { readonly id: number }

/** What some work cost: by the clock, and of all the processors' time together. */
export interface Work {
  readonly seconds: number
  readonly processorSeconds: number
}

/** Memory after so many pages once nothing is left to collect: all that is resident, and what is referred to. */
export interface MemorySample {
  readonly pages: number
  readonly megabytes: number
  readonly liveMegabytes: number
}

export interface ImportReport extends Work {
  readonly samples: readonly MemorySample[]
  readonly residentMegabytes: number
}

/** What the process that only makes thumbnails is asked. */
export interface ThumbnailQuestion {
  readonly paths: readonly string[]
  readonly inFlight: number
}
