import { execFileSync } from 'node:child_process'
import { readdir, readFile, readlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { startCommand } from './fixtures/command-line.ts'
import { freshFolder } from './fixtures/records-room.ts'

const WATCH = path.join(import.meta.dirname, 'fixtures/network-watch.mjs')

/** Undefined when a process can be put where there is no network, else the reason why not. */
const obstacle = (() => {
  if (process.platform !== 'linux') return 'needs Linux'
  try {
    execFileSync('unshare', ['-n', 'true'], { stdio: 'ignore' })
    return undefined
  } catch {
    return 'a network of one’s own is not allowed here'
  }
})()

/** The sockets of a process that are of the network: those listed in its tables of TCP and UDP. */
async function networkSockets(pid: number): Promise<string[]> {
  const held = new Set<string>()
  for (const fd of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
    const target = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')
    const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1]
    if (inode !== undefined) held.add(inode)
  }
  const found: string[] = []
  for (const table of ['tcp', 'tcp6', 'udp', 'udp6', 'raw']) {
    const text = await readFile(`/proc/${pid}/net/${table}`, 'utf8').catch(() => '')
    for (const line of text.split('\n').slice(1)) {
      const columns = line.trim().split(/\s+/)
      if (held.has(columns[9] ?? '')) found.push(`${table} ${columns[1]}`)
    }
  }
  return found
}

async function watched(before: readonly string[]) {
  const report = path.join(await freshFolder(), 'network')
  await writeFile(report, '')
  const { child, ended } = startCommand(['demo', '--json'], {
    before,
    nodeArguments: ['--import', pathToFileURL(WATCH).href],
    environment: { NETWORK_WATCH: report },
  })
  const sockets = new Set<string>()
  let over = false
  void ended.then(() => {
    over = true
  })
  let looks = 0
  while (!over) {
    if (child.pid !== undefined) for (const socket of await networkSockets(child.pid)) sockets.add(socket)
    looks += 1
    await wait(20)
  }
  const { code, err, out } = await ended
  const lines = (await readFile(report, 'utf8')).split('\n').filter((line) => line !== '')
  return { code, err, out, looks, sockets: [...sockets], lines }
}

describe('the main job', { timeout: 480_000 }, () => {
  test.skipIf(obstacle !== undefined)(
    `runs where there is no network, listens on nothing and calls nobody${obstacle === undefined ? '' : ` (skipped: ${obstacle})`}`,
    async () => {
      const { code, err, out, looks, sockets, lines } = await watched(['unshare', '-n', '--'])
      expect({ code, err, sockets }).toEqual({ code: 0, err: '', sockets: [] })
      expect(new Set(lines)).toEqual(new Set(['watching']))
      expect(looks).toBeGreaterThan(10)
      expect(JSON.parse(out)).toMatchObject({ failures: [] })
    },
  )

  test.runIf(obstacle !== undefined)('listens on nothing and calls nobody', async () => {
    const { code, sockets, lines } = await watched([])
    expect({ code, sockets }).toEqual({ code: 0, sockets: [] })
    expect(new Set(lines)).toEqual(new Set(['watching']))
  })

  test('would be caught if it did', async () => {
    for (const attempt of [
      `import net from 'node:net'; net.createServer().listen(0)`,
      `import net from 'node:net'; net.connect(9, '127.0.0.1')`,
      `import http from 'node:http'; http.get('http://127.0.0.1:9/')`,
      `import { lookup } from 'node:dns/promises'; await lookup('example.org')`,
      `await fetch('http://127.0.0.1:9/')`,
      `import dgram from 'node:dgram'; dgram.createSocket('udp4').bind(0)`,
    ]) {
      const folder = await freshFolder()
      const report = path.join(folder, 'network')
      await writeFile(path.join(folder, 'attempt.mjs'), attempt)
      await writeFile(report, '')
      const words = ['--import', pathToFileURL(WATCH).href, path.join(folder, 'attempt.mjs')]
      expect(() =>
        execFileSync(process.execPath, words, {
          env: { ...process.env, NETWORK_WATCH: report },
          stdio: 'ignore',
        }),
      ).toThrow()
      expect((await readFile(report, 'utf8')).split('\n').length, attempt).toBe(3)
    }
  })
})
