import { existsSync } from 'node:fs'
import { link, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { monotonicFactory } from 'ulid'
import { locateAssets } from '../../electron/assets.ts'
import { frontDesk } from '../../electron/front-desk/index.ts'
import { readShippedTemplates } from '../../electron/intake/index.ts'
import { createPageReader } from '../../electron/recognition/index.ts'
import type { InputOf, MethodName, OutputOf } from '../../shared/contract/index.ts'
import { AppError } from '../../shared/errors.ts'
import { projectRoot } from './project-root.ts'
import { call, inRealWindow } from './real-window.ts'
import { scannedPages } from './scanned-pages.ts'
import { median, quantile, rounded } from './spread.ts'

// Not one of `npm run bench`, for it needs a screen: node test/bench/large-volume-window.ts
// A checking of 500 pages in the window as users get it: stepping from page to page, and frames while the map moves.

const PAGES = 500
const STEPS = 120
const WHEEL_TURNS = 120
const NUMBER = '（2024）京0105民初500号'
const ACCOUNT = { name: 'reader', password: 'Bench-4f1c9a7e2b' }
const kept = path.join(projectRoot, '.cache', 'bench', `window-checking-${PAGES}`)

/** The paper as it was scanned anew: two pages gone, two out of order, and a stamp on every twentieth. */
async function paperOf(scans: readonly string[], folder: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  const order = scans.filter((_, at) => at !== 99 && at !== 399)
  const [one, other] = [order[249], order[250]]
  if (one !== undefined && other !== undefined) order.splice(249, 2, other, one)
  const stamp = Buffer.from(
    '<svg width="500" height="500"><circle cx="250" cy="250" r="220" fill="none" stroke="#c8102e" stroke-width="26"/><circle cx="250" cy="250" r="70" fill="#c8102e"/></svg>',
  )
  for (const [at, scan] of order.entries()) {
    const file = path.join(folder, `${String(at + 1).padStart(4, '0')}.jpg`)
    if (at % 20 !== 7) await link(scan, file)
    else
      await writeFile(
        file,
        await sharp(scan)
          .composite([{ input: stamp, left: 1500, top: 2400 }])
          .toBuffer(),
      )
  }
  return folder
}

/** Without a reader of text: what is measured is how the window shows what was found. */
async function makeVault(folder: string): Promise<void> {
  const assets = locateAssets(projectRoot)
  const desk = frontDesk({
    ...{ assets, shippedTemplates: await readShippedTemplates(assets.templates) },
    ...{ now: () => new Date(), newId: monotonicFactory(), emit: () => undefined },
    onFault: (operation, error) => process.stderr.write(`${operation}: ${error}\n`),
    openReader: () => createPageReader({ modelsFolder: path.join(folder, 'none') }),
  })
  const ask = async <M extends MethodName>(method: M, input: InputOf<M>): Promise<OutputOf<M>> => {
    const result = await desk.call(1, method, input)
    if (!result.ok) throw AppError.fromEnvelope(result.error)
    return result.value as OutputOf<M>
  }
  const ended = async (jobId: string) => {
    const { state, errorCode } = await desk.room().jobs.ended(jobId)
    if (state !== 'succeeded') throw new Error(`a job ended as ${state}: ${errorCode}`)
  }
  await ask('vault.create', {
    ...{ folder: path.join(folder, 'vault'), unitName: '测量' },
    accounts: [
      { role: 'system-officer', name: 'system', password: 'Bench-81-willow' },
      { role: 'security-officer', name: 'security', password: 'Bench-52-copper' },
      { role: 'auditor', name: 'auditor', password: 'Bench-37-heron' },
      { role: 'archivist', ...ACCOUNT },
    ],
  })
  await ask('vault.finishSetup', {})
  const tree = await ask('cases.create', { draft: { number: NUMBER }, volumes: ['main'] })
  const volumeId = tree.volumes[0]?.id ?? ''
  const scans = await scannedPages('a4', PAGES)
  await ended(await ask('intake.start', { volumeId, paths: [...scans] }))
  const { id: reconciliationId } = await ask('reconcile.start', { volumeId })
  const paper = await paperOf(scans, path.join(folder, 'paper'))
  await ended(await ask('reconcile.rescan', { volumeId, reconciliationId, paths: [paper] }))
  await desk.close()
}

/** From a key to both pictures decoded and on the screen. */
async function stepOnce(page: Page): Promise<number> {
  await page.evaluate(() => {
    const facts = document.querySelector('[data-testid="comparison-facts"]')
    const before = facts?.textContent
    const { promise, resolve } = (() => {
      let settle: (ms: number) => void = () => undefined
      return { promise: new Promise<number>((done) => (settle = done)), resolve: (ms: number) => settle(ms) }
    })()
    window.addEventListener(
      'keydown',
      () => {
        const began = performance.now()
        const look = () => {
          const images = [...document.querySelectorAll<HTMLImageElement>('.viewer-image[src^="blob:"]')]
          const shown = images.every(({ complete, naturalWidth }) => complete && naturalWidth > 0)
          const waiting = document.querySelector('.viewer-page:not([data-state="shown"])') !== null
          const here = images.length > 0 && shown && !waiting && facts?.textContent !== before
          if (here) requestAnimationFrame((now) => resolve(now - began))
          else requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
      },
      { capture: true, once: true },
    )
    Object.assign(window, { benchStep: promise })
  })
  await page.keyboard.press('ArrowRight')
  return await page.evaluate(() => (window as unknown as { benchStep: Promise<number> }).benchStep)
}

/** The time between frames while the wheel turns over the map: in, along, out. */
async function mapFrames(page: Page): Promise<readonly number[]> {
  const box = await page.getByTestId('volume-map').boundingBox()
  if (box === null) throw new Error('the map is not there')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.evaluate(() => {
    const frames: number[] = []
    let last = performance.now()
    const next = (now: number) => {
      frames.push(now - last)
      last = now
      requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
    Object.assign(window, { benchFrames: frames })
  })
  for (let turn = 0; turn < WHEEL_TURNS; turn++) {
    const third = Math.floor((3 * turn) / WHEEL_TURNS)
    await page.mouse.wheel(third === 1 ? 60 : 0, third === 0 ? -60 : third === 2 ? 60 : 0)
    await page.waitForTimeout(16)
  }
  return await page.evaluate(() => (window as unknown as { benchFrames: number[] }).benchFrames.slice(1))
}

if (!existsSync(kept)) {
  const making = `${kept}.making`
  await rm(making, { recursive: true, force: true })
  await mkdir(making, { recursive: true })
  await makeVault(making)
  await rename(making, kept)
}

await inRealWindow(async (page) => {
  const { name: accountName, password } = ACCOUNT
  await call(page, 'session.signIn', {
    folder: path.join(kept, 'vault'),
    accountName,
    password,
    takeOverLock: true,
  })
  await page.reload()
  await page.locator('[role="row"]').nth(1).waitFor()
  const { rows } = await call(page, 'cases.list', { filter: {}, offset: 0, limit: 1 })
  const tree = await call(page, 'cases.tree', { caseId: rows[0]?.id ?? '' })
  const volumeId = tree.volumes[0]?.id ?? ''
  const began = performance.now()
  await page.evaluate((hash) => {
    window.location.hash = hash
  }, `#/reconcile/${tree.case.id}/${volumeId}?tab=compare`)
  await page.getByTestId('volume-map').waitFor()
  await page.locator('.viewer-page[data-state="shown"]').nth(1).waitFor()
  const opened = performance.now() - began
  await page.keyboard.press('Home')
  await page.waitForTimeout(1000)
  const steps: number[] = []
  for (let step = 0; step < STEPS; step++) steps.push(await stepOnce(page))
  const frames = await mapFrames(page)
  const list = async () => {
    const from = performance.now()
    await page.getByRole('button', { name: '列表' }).click()
    await page.locator('.map-list-line').first().waitFor()
    return performance.now() - from
  }
  const spread = (values: readonly number[]) => ({
    median: rounded(median(values), 1),
    p95: rounded(quantile(values, 0.95), 1),
    most: rounded(Math.max(...values), 1),
  })
  return {
    pages: PAGES,
    differences: (await call(page, 'reconcile.ofVolume', { volumeId }))?.differences,
    openedMs: rounded(opened, 0),
    stepMs: spread(steps),
    mapFrameMs: spread(frames),
    listOpenedMs: rounded(await list(), 0),
  }
})
