import { readFile } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import { type Launched, launch } from './app.ts'

/**
 * Electron's own security checklist, point by point, in the real runtime. Where a point is about the packaged
 * program (fuses), the settings of the package are read; `test/packaging` reads them back from the binary.
 */
test.describe("Electron's security checklist", () => {
  let juanku: Launched

  test.beforeAll(async () => {
    juanku = await launch()
  })
  test.afterAll(async () => {
    await juanku.close()
  })

  /** The web preferences that are really in force, as the main process holds them. */
  const preferences = () =>
    juanku.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      const contents = window?.webContents as unknown as {
        getLastWebPreferences: () => Record<string, unknown>
      }
      return contents.getLastWebPreferences()
    })

  test('1 loads only its own, secure content: every other request is stopped', async () => {
    const answer = await juanku.page.evaluate(async () => {
      const tried = await Promise.all(
        ['http://127.0.0.1:9/', 'https://example.invalid/', 'file:///etc/hostname', 'ws://127.0.0.1:9/'].map(
          async (url) => {
            try {
              await fetch(url)
              return 'loaded'
            } catch {
              return 'stopped'
            }
          },
        ),
      )
      return { tried, secure: window.isSecureContext, origin: location.origin }
    })
    expect(answer.tried).toEqual(['stopped', 'stopped', 'stopped', 'stopped'])
    expect(answer.secure).toBe(true)
    expect(answer.origin).toBe('juanku://app')
  })

  test('1 stops requests below the policy of the page too, in the session', async () => {
    const outcome = await juanku.app.evaluate(async ({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      if (window === undefined) return 'no window'
      try {
        await (window.webContents.session as unknown as { fetch: typeof fetch }).fetch('http://127.0.0.1:9/')
        return 'loaded'
      } catch (error) {
        return error instanceof Error ? error.message : 'unknown'
      }
    })
    expect(outcome).toContain('ERR_BLOCKED_BY_CLIENT')
  })

  test('2 the page has no Node', async () => {
    const seen = await juanku.page.evaluate(() => ({
      require: typeof (globalThis as Record<string, unknown>).require,
      process: typeof (globalThis as Record<string, unknown>).process,
      module: typeof (globalThis as Record<string, unknown>).module,
      buffer: typeof (globalThis as Record<string, unknown>).Buffer,
    }))
    expect(seen).toEqual({
      require: 'undefined',
      process: 'undefined',
      module: 'undefined',
      buffer: 'undefined',
    })
    const inForce = await preferences()
    for (const name of ['nodeIntegration', 'nodeIntegrationInWorker', 'nodeIntegrationInSubFrames']) {
      expect(inForce[name] ?? false, name).toBe(false)
    }
  })

  test('3 contexts are isolated: the bridge is frozen and gives no way to Electron', async () => {
    expect((await preferences()).contextIsolation).toBe(true)
    const bridge = await juanku.page.evaluate(() => {
      const given = (window as unknown as { juanku: Record<string, unknown> }).juanku
      let replaced = true
      try {
        given.call = () => undefined
        replaced = String(given.call).includes('undefined')
      } catch {
        replaced = false
      }
      return { keys: Object.keys(given).sort(), replaced, frozen: Object.isFrozen(given) }
    })
    expect(bridge).toEqual({ keys: ['call', 'on', 'pathOfFile'], replaced: false, frozen: true })
  })

  test('4 the page is sandboxed', async () => {
    expect((await preferences()).sandbox).toBe(true)
  })

  test('5 permission requests are refused', async () => {
    const answers = await juanku.page.evaluate(async () => {
      const camera = await navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => 'granted',
        (error: Error) => error.name,
      )
      const notification = await Notification.requestPermission()
      const place = await navigator.permissions.query({ name: 'geolocation' })
      const pasted = await navigator.clipboard.readText().then(
        () => 'granted',
        (error: Error) => error.name,
      )
      return { camera, notification, place: place.state, pasted }
    })
    expect(answers.camera).not.toBe('granted')
    expect(answers.notification).toBe('denied')
    expect(answers.place).toBe('denied')
    // Text may be put on the clipboard, never taken from it.
    expect(answers.pasted).toBe('NotAllowedError')
  })

  test('6, 8, 9 and 10 web security is on, and no insecure or experimental switch is', async () => {
    const inForce = await preferences()
    expect(inForce.webSecurity).toBe(true)
    expect(inForce.allowRunningInsecureContent).toBe(false)
    expect(inForce.experimentalFeatures).toBe(false)
    expect(inForce.enableBlinkFeatures ?? '').toBe('')
  })

  test('7 a strict content security policy is in force: no inline script, no eval', async () => {
    const violated = await juanku.page.evaluate(async () => {
      const seen: string[] = []
      document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective))
      const script = document.createElement('script')
      script.textContent = 'window.__inlined = true'
      document.body.append(script)
      // In a turn of its own: what a debugger runs is exempt from the policy.
      const evaluated = await new Promise<boolean>((resolve) => {
        setTimeout(() => {
          try {
            // biome-ignore lint/security/noGlobalEval: that it is refused is what is tested
            resolve(globalThis.eval('true') === true)
          } catch {
            resolve(false)
          }
        })
      })
      await new Promise((resolve) => setTimeout(resolve, 50))
      return { seen, evaluated, inlined: '__inlined' in window }
    })
    expect(violated.inlined).toBe(false)
    expect(violated.evaluated).toBe(false)
    expect(violated.seen).toContain('script-src-elem')
  })

  test('11 and 12 no webview can be attached', async () => {
    expect((await preferences()).webviewTag).toBe(false)
    const attached = await juanku.page.evaluate(() => {
      const view = document.createElement('webview')
      document.body.append(view)
      const works = 'loadURL' in view
      view.remove()
      return works
    })
    expect(attached).toBe(false)
  })

  test('13 the window cannot be led away', async () => {
    await juanku.page.evaluate(() => {
      location.href = 'https://example.invalid/'
    })
    await juanku.page.evaluate(() => {
      location.href = 'file:///etc/hostname'
    })
    expect(juanku.page.url()).toMatch(/^juanku:\/\/app\//)
    expect(await juanku.page.evaluate(() => document.querySelector('#root') !== null)).toBe(true)
  })

  test('14 the page opens no further window', async () => {
    const opened = await juanku.page.evaluate(() => window.open('juanku://app/index.html') === null)
    expect(opened).toBe(true)
    expect(await juanku.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  })

  test('15 nothing in the shell hands an address to the system', async () => {
    const main = await readFile(new URL('../../dist/main.cjs', import.meta.url), 'utf8')
    expect(main).not.toContain('openExternal')
    const refused = await juanku.page.evaluate(
      (call) =>
        (window as unknown as { juanku: { call: (m: string, i: unknown) => Promise<unknown> } }).juanku.call(
          call,
          { path: '/etc/hostname' },
        ),
      'shell.openWrittenFile',
    )
    expect(refused).toMatchObject({ ok: false, error: { code: 'ACCESS_DENIED' } })
  })

  test('16 the product is built on a current Electron', async () => {
    const own = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
      devDependencies: Record<string, string>
    }
    expect(Number.parseInt(own.devDependencies.electron ?? '0', 10)).toBeGreaterThanOrEqual(45)
  })

  test('17 a call from a frame that is not ours is refused', async () => {
    const answer = await juanku.app.evaluate(async ({ app, BrowserWindow, session }) => {
      const stranger = new BrowserWindow({
        show: false,
        webPreferences: {
          sandbox: true,
          contextIsolation: true,
          preload: `${app.getAppPath()}/dist/preload.cjs`,
          session: session.fromPartition('stranger'),
        },
      })
      try {
        await stranger.loadURL('data:text/html,<p>stranger</p>')
        return await stranger.webContents.executeJavaScript(
          `typeof window.juanku === 'object' ? window.juanku.call('session.state', {}) : 'no bridge'`,
        )
      } finally {
        stranger.destroy()
      }
    })
    expect(answer).toEqual({
      ok: false,
      error: { code: 'CALL_UNTRUSTED_SENDER', details: {}, retryable: false },
    })
  })

  test('17 a method that the contract does not have is refused', async () => {
    const answer = await juanku.page.evaluate(() =>
      (window as unknown as { juanku: { call: (m: string, i: unknown) => Promise<unknown> } }).juanku.call(
        'constructor',
        {},
      ),
    )
    expect(answer).toMatchObject({ ok: false, error: { code: 'CALL_UNKNOWN_METHOD' } })
  })

  test('18 the page comes by a scheme of its own, which serves nothing outside its folder', async () => {
    const statuses = await juanku.page.evaluate(async () => {
      const paths = ['/../main.cjs', '/..%2fmain.cjs', '/%2e%2e/%2e%2e/package.json', '/core.mjs', '/none.js']
      return await Promise.all(paths.map(async (path) => (await fetch(`juanku://app${path}`)).status))
    })
    expect(statuses).toEqual([404, 404, 404, 404, 404])
    expect(
      await juanku.page.evaluate(() =>
        fetch('page://vault/01ARZ3NDEKTSV4RRFFQ69G5FAV/view').then((answer) => answer.status),
      ),
    ).toBe(403)
  })

  test('19 the fuses of the package close what the program does not use', async () => {
    const settings = await readFile(new URL('../../electron-builder.yml', import.meta.url), 'utf8')
    for (const line of [
      'runAsNode: false',
      'enableNodeOptionsEnvironmentVariable: false',
      'enableNodeCliInspectArguments: false',
      'onlyLoadAppFromAsar: true',
      'enableEmbeddedAsarIntegrityValidation: true',
    ]) {
      expect(settings).toContain(line)
    }
  })

  test('20 no API of Electron reaches the page', async () => {
    const reached = await juanku.page.evaluate(() =>
      Object.getOwnPropertyNames(globalThis).filter((name) =>
        /electron|ipcRenderer|__dirname|require/i.test(name),
      ),
    )
    expect(reached).toEqual([])
  })
})
