import electronLog from 'electron-log/node'

/**
 * The core's log: operations and error names. Never a password, a key, a party's name or page text; of an unknown
 * error only its name, code and place are written, since its message may quote what it was working on.
 */
export const log = {
  error: (operation: string, error: unknown): void => {
    const detail =
      error instanceof Error
        ? { name: error.name, code: 'code' in error ? String(error.code) : '', stack: places(error) }
        : typeof error
    electronLog.error(operation, detail)
  },
  info: (operation: string): void => {
    electronLog.info(operation)
  },
}

function places(error: Error): string[] {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 8)
}

electronLog.transports.file.level = 'warn'
electronLog.transports.console.level = 'error'
