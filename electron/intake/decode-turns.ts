/**
 * libvips keeps one list of complaints for the whole process: of two decodes that fail at the same time each may be
 * told the other's reason. So decodes run together, and one that failed is repeated alone to learn its own. Kept for
 * the process, as that list is.
 */
let running = 0
let allDone: () => void = () => undefined
let gate: Promise<void> | undefined

/** Runs beside others of its kind; waits while one runs alone. */
export async function decodeTogether<T>(work: () => Promise<T>): Promise<T> {
  while (gate !== undefined) await gate
  running += 1
  try {
    return await work()
  } finally {
    running -= 1
    if (running === 0) allDone()
  }
}

/** Waits for all that run, and keeps others out until it is done. */
export async function decodeAlone<T>(work: () => Promise<T>): Promise<T> {
  while (gate !== undefined) await gate
  let open: () => void = () => undefined
  gate = new Promise((resolve) => {
    open = () => {
      gate = undefined
      resolve()
    }
  })
  try {
    if (running > 0) {
      await new Promise<void>((resolve) => {
        allDone = resolve
      })
    }
    return await work()
  } finally {
    allDone = () => undefined
    open()
  }
}
