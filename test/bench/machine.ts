import { arch, cpus, release, type as systemType, totalmem } from 'node:os'

/** What a figure depends on and another machine has otherwise. No host name, no user, no paths. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGiB: number
  readonly os: string
  readonly node: string
}

export function thisMachine(): Machine {
  const processors = cpus()
  return {
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGiB: Math.round((totalmem() / 1024 ** 3) * 10) / 10,
    os: `${systemType()} ${release()} ${arch()}`,
    node: process.versions.node,
  }
}
