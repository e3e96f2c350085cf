import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { projectRoot } from './project-root.ts'
import { call, inRealWindow } from './real-window.ts'
import { scannedPages } from './scanned-pages.ts'

// Not one of `npm run bench`, for it needs a screen: node test/bench/open-case-window.ts
// From Enter in the case list to the first page's picture decoded and painted, in the window as users get it.

const PAGES = 5000
const OPENINGS = 7
const ACCOUNT = { accountName: 'reader', password: 'Bench-4f1c9a7e2b' }
const kept = path.join(projectRoot, '.cache', 'bench', `window-vault-${PAGES}`)

async function makeVault(page: Page, folder: string): Promise<void> {
  const { accountName: name, password } = ACCOUNT
  await call(page, 'vault.create', {
    folder,
    unitName: '测量',
    accounts: [
      { role: 'system-officer', name: 'system', password: 'Bench-81-willow' },
      { role: 'security-officer', name: 'security', password: 'Bench-52-copper' },
      { role: 'auditor', name: 'auditor', password: 'Bench-37-heron' },
      { role: 'archivist', name, password },
    ],
  })
  await call(page, 'vault.finishSetup', {})
  const tree = await call(page, 'cases.create', { draft: { number: '（2024）京0105民初5000号' } })
  const paths = [...(await scannedPages('small', PAGES))]
  const jobId = await call(page, 'intake.start', { volumeId: tree.volumes[0]?.id ?? '', paths })
  for (;;) {
    const job = await call(page, 'jobs.get', { jobId })
    if (job.state === 'succeeded') break
    if (job.state !== 'running' && job.state !== 'queued') throw new Error(`the import ended as ${job.state}`)
    await page.waitForTimeout(1000)
  }
  await call(page, 'session.signOut', {})
}

/** Presses Enter in the list; ends with the frame after the picture is decoded. Times count from the key. */
async function openOnce(page: Page): Promise<Readonly<Record<string, number>>> {
  await page.evaluate(() => {
    window.location.hash = '#/cases'
  })
  await page.locator('[role="grid"]').focus()
  await page.waitForTimeout(1500)
  const done = page.evaluate(
    () =>
      new Promise<Record<string, number>>((resolve) => {
        let began = 0
        const marks: Record<string, number> = {}
        const note = (name: string) => {
          marks[name] ??= Math.round((performance.now() - began) * 10) / 10
        }
        window.addEventListener(
          'keydown',
          (event) => {
            if (event.key !== 'Enter') return
            began = performance.now()
            const watch = new MutationObserver(() => {
              if (document.querySelector('.case-header') !== null) note('tree')
              if (document.querySelector('.viewer-page') !== null) note('viewer')
              const image = document.querySelector<HTMLImageElement>('.viewer-image[src^="blob:"]')
              if (image === null) return
              watch.disconnect()
              note('picture')
              image.decode().then(() => {
                note('decoded')
                requestAnimationFrame(() => {
                  const channel = new MessageChannel()
                  channel.port1.onmessage = () => {
                    note('painted')
                    resolve(marks)
                  }
                  channel.port2.postMessage(null)
                })
              }, console.warn)
            })
            watch.observe(document.body, { childList: true, subtree: true, attributes: true })
          },
          { capture: true, once: true },
        )
      }),
  )
  await page.waitForTimeout(50)
  await page.keyboard.press('Enter')
  return await done
}

await inRealWindow(async (page) => {
  if (!existsSync(kept)) {
    const making = `${kept}.making`
    await rm(making, { recursive: true, force: true })
    await makeVault(page, making)
    await rename(making, kept)
  }
  await call(page, 'session.signIn', { folder: kept, ...ACCOUNT, takeOverLock: true })
  await page.reload()
  await page.locator('[role="row"]').nth(1).waitFor()
  const openings: Readonly<Record<string, number>>[] = []
  for (let time = 0; time < OPENINGS; time++) openings.push(await openOnce(page))
  const painted = openings.map((marks) => marks.painted ?? Number.NaN)
  const median = painted.toSorted((a, b) => a - b)[Math.floor(OPENINGS / 2)]
  const fetching = await page.evaluate(async () => {
    const began = performance.now()
    const list = await window.juanku.call('cases.list', { filter: {}, offset: 0, limit: 1 })
    const caseId = list.ok ? (list.value as { rows: { id: string }[] }).rows[0]?.id : undefined
    const asked = performance.now()
    const tree = await window.juanku.call('cases.tree', { caseId })
    const had = performance.now()
    const volumeId = tree.ok ? (tree.value as { volumes: { id: string }[] }).volumes[0]?.id : undefined
    await window.juanku.call('pages.list', { volumeId })
    return { cases: asked - began, tree: had - asked, pages: performance.now() - had }
  })
  return { first: painted[0], median, openings, fetching }
})
