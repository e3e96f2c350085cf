import { totalmem } from 'node:os'

const LEAST_KIB = 64_000
const MOST_KIB = 256_000
/** A workstation of 8 GiB gives 128 MB to each of the two files. */
const SHARE = 64

/**
 * How much of an encrypted database a search may keep, in KiB: its pages cost more to read than to keep. It fills only
 * as one searches.
 */
export const SEARCH_CACHE_KIB = Math.min(MOST_KIB, Math.max(LEAST_KIB, Math.round(totalmem() / 1024 / SHARE)))
