import { execFile } from 'node:child_process'
import { readdir, readFile, realpath } from 'node:fs/promises'
import { basename, join, resolve, sep } from 'node:path'
import { driveSpace } from '../repository/free-space.ts'

/** What is known of the drive under a folder; empty or null where the system does not tell. */
export interface DriveFacts {
  /** By which the file system on it is known: its UUID. */
  readonly volumeSerial: string
  /** `vfat`, `exfat`, `ntfs3`, `ext4` … */
  readonly fileSystem: string
  readonly freeBytes: number | null
  readonly capacityBytes: number | null
  /** The device, by which SMART is asked; empty where it is no disk of this machine. */
  readonly device: string
}

interface Mount {
  readonly point: string
  readonly fileSystem: string
  readonly source: string
}

const MOUNTS = '/proc/self/mountinfo'
const BY_UUID = '/dev/disk/by-uuid'
const SMART_TIMEOUT_MS = 5000

/** Everything that is mounted, by proc(5); empty on other systems. */
export async function mounts(): Promise<readonly Mount[]> {
  let lines: string
  try {
    lines = await readFile(MOUNTS, 'utf8')
  } catch {
    return []
  }
  return lines.split('\n').flatMap((line) => {
    const [before, after] = line.split(' - ')
    const point = before?.split(' ')[4]
    const [fileSystem, source] = after?.split(' ') ?? []
    if (point === undefined || fileSystem === undefined || source === undefined) return []
    const plain = point.replaceAll(/\\([0-7]{3})/g, (_, octal: string) =>
      String.fromCharCode(Number.parseInt(octal, 8)),
    )
    return [{ point: plain, fileSystem, source }]
  })
}

function isUnder(folder: string, point: string): boolean {
  return folder === point || folder.startsWith(point.endsWith(sep) ? point : `${point}${sep}`)
}

async function uuidOf(device: string): Promise<string> {
  try {
    const wanted = await realpath(device)
    for (const name of await readdir(BY_UUID))
      if ((await realpath(join(BY_UUID, name))) === wanted) return name
  } catch {
    // No such folder, or no such device: a drive of another machine, a container.
  }
  return ''
}

/** What the system tells of the drive under an existing folder. Never fails: what it does not tell stays empty. */
export async function driveFacts(folder: string): Promise<DriveFacts> {
  const place = await realpath(resolve(folder)).catch(() => resolve(folder))
  const mount = (await mounts())
    .filter(({ point }) => isUnder(place, point))
    .toSorted((one, other) => other.point.length - one.point.length)[0]
  const space = await driveSpace(place).catch(() => undefined)
  const device = mount?.source.startsWith('/dev/') === true ? mount.source : ''
  return {
    volumeSerial: device === '' ? '' : await uuidOf(device),
    fileSystem: mount?.fileSystem ?? '',
    freeBytes: space?.freeBytes ?? null,
    capacityBytes: space?.capacityBytes ?? null,
    device,
  }
}

/** Where drives are plugged in: their roots. */
export async function driveRoots(): Promise<readonly string[]> {
  if (process.platform === 'win32')
    return Array.from({ length: 24 }, (_, at) => `${String.fromCharCode('C'.charCodeAt(0) + at)}:\\`)
  if (process.platform === 'darwin')
    return (await readdir('/Volumes').catch(() => [])).map((name) => join('/Volumes', name))
  return (await mounts()).filter(({ source }) => source.startsWith('/dev/')).map(({ point }) => point)
}

/**
 * S.M.A.R.T. in a few words, where `smartctl` is installed and may ask the device: `PASSED · 31 °C · 812 h`. Empty
 * otherwise; it is never required.
 */
export async function smartOf(device: string): Promise<string> {
  if (device === '') return ''
  const disk = basename(device).startsWith('nvme') ? device.replace(/p\d+$/, '') : device.replace(/\d+$/, '')
  const told = await new Promise<string>((settle) => {
    const options = { timeout: SMART_TIMEOUT_MS, windowsHide: true }
    // It exits with a set bit for every doubt it has, so that its words count and not its code.
    execFile('smartctl', ['-H', '-A', '-j', disk], options, (_, out) => settle(out))
  })
  try {
    const answer = JSON.parse(told) as {
      smart_status?: { passed?: boolean }
      temperature?: { current?: number }
      power_on_time?: { hours?: number }
    }
    if (answer.smart_status?.passed === undefined) return ''
    return [
      answer.smart_status.passed ? 'PASSED' : 'FAILED',
      ...(answer.temperature?.current === undefined ? [] : [`${answer.temperature.current} °C`]),
      ...(answer.power_on_time?.hours === undefined ? [] : [`${answer.power_on_time.hours} h`]),
    ].join(' · ')
  } catch {
    return ''
  }
}
