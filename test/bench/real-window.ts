import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { _electron, type Page } from '@playwright/test'
import { findElectron } from '../../build/electron-runtime.mjs'
import type { CallResult, InputOf, MethodName, OutputOf } from '../../shared/contract/index.ts'
import { projectRoot } from './project-root.ts'

export async function call<M extends MethodName>(
  page: Page,
  method: M,
  input: InputOf<M>,
): Promise<OutputOf<M>> {
  const result = await page.evaluate(
    async ([name, given]): Promise<CallResult> => window.juanku.call(name, given),
    [method, input] as const,
  )
  if (!result.ok) throw new Error(`${method}: ${JSON.stringify(result.error)}`)
  return result.value as OutputOf<M>
}

/** Builds the program as it is shipped, unless `--no-build` says that this was done, and runs the work in its window. */
export async function inRealWindow(work: (page: Page) => Promise<unknown>): Promise<void> {
  const electron = await findElectron()
  if (!process.argv.includes('--no-build')) {
    execFileSync(process.execPath, [path.join(projectRoot, 'build', 'build.mjs'), '--packaging'], {
      stdio: 'inherit',
    })
  }
  const home = await mkdtemp(path.join(tmpdir(), 'juanku-window-'))
  const app = await _electron.launch({
    executablePath: electron.executablePath,
    args: ['--no-sandbox', projectRoot, `--user-data-dir=${path.join(home, 'desk')}`],
    env: {
      ...(process.env as Record<string, string>),
      HOME: home,
      ...(electron.kind === 'test' ? { JUANKU_CORE_NODE: process.execPath } : {}),
    },
  })
  try {
    const page = await app.firstWindow()
    await page.locator('.gate-card, .frame').waitFor()
    process.stdout.write(`${JSON.stringify(await work(page), null, 2)}\n`)
  } finally {
    await app.close()
    await rm(home, { recursive: true, force: true })
  }
}
