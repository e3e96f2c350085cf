import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { _electron, type ElectronApplication, expect, type Page } from '@playwright/test'
import type { CallResult, InputOf, MethodName, OutputOf } from '../../shared/contract/index.ts'

const projectRoot = fileURLToPath(new URL('../..', import.meta.url))
const screens = join(projectRoot, 'test-results', 'screens')

export const PASSWORD = 'Lin-Jiang-Dang-An-7'
/** The three officers of every vault here; they hold no key of any file. */
export const OFFICERS = {
  system: { name: 'zhaogang', displayName: '赵刚', password: 'Xi-Tong-Guan-Li-3' },
  security: { name: 'sunli', displayName: '孙丽', password: 'Bao-Mi-Guan-Li-8' },
  auditor: { name: 'zhouwei', displayName: '周伟', password: 'Shen-Ji-Ji-Lu-6' },
} as const
export const FOUNDERS: InputOf<'vault.create'>['accounts'] = [
  { role: 'system-officer', ...OFFICERS.system },
  { role: 'security-officer', ...OFFICERS.security },
  { role: 'auditor', ...OFFICERS.auditor },
  { role: 'archivist', name: 'wangmin', displayName: '王敏', password: PASSWORD },
]
export const UNIT_NAME = '云州市临江区人民法院'

/** A home of its own for each test: nothing is remembered from one to the next. */
export interface Home {
  readonly folder: string
  readonly vaultFolder: string
}

export interface Launched {
  readonly app: ElectronApplication
  readonly page: Page
  readonly home: Home
  /** What the window says on its console at error level, and errors that nobody caught. */
  readonly complaints: readonly string[]
  readonly close: () => Promise<void>
}

export async function freshHome(): Promise<Home> {
  const folder = await mkdtemp(join(tmpdir(), 'juanku-e2e-'))
  return { folder, vaultFolder: join(folder, 'vault') }
}

function environment(home: Home): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[0] !== 'NODE_OPTIONS',
  )
  return {
    ...Object.fromEntries(inherited),
    HOME: home.folder,
    USERPROFILE: home.folder,
    XDG_CONFIG_HOME: join(home.folder, 'config'),
    XDG_DOCUMENTS_DIR: join(home.folder, 'documents'),
  }
}

const CLOSE_WITHIN_MS = 20_000

/**
 * The old test runtime's main process now and then loses the wake-up of its event loop and sleeps on: it is then
 * ended from outside, with a word on it, so that one such sleep does not take the following tests along.
 */
async function closeOrKill(app: ElectronApplication): Promise<void> {
  const main = app.process()
  const closed = app.close()
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), CLOSE_WITHIN_MS)
  })
  const first = await Promise.race([closed, late])
  clearTimeout(timer)
  if (first !== 'late') return
  console.warn(`Electron did not end within ${CLOSE_WITHIN_MS / 1000} s and was ended from outside.`)
  main.kill('SIGKILL')
  await closed
}

/** Starts the program and waits until its window shows something to work with. */
export async function launch(given?: Home): Promise<Launched> {
  const home = given ?? (await freshHome())
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0
  const app = await _electron.launch({
    ...(process.env.JUANKU_ELECTRON === undefined ? {} : { executablePath: process.env.JUANKU_ELECTRON }),
    args: [...(asRoot ? ['--no-sandbox'] : []), projectRoot, `--user-data-dir=${join(home.folder, 'desk')}`],
    env: environment(home),
  })
  const page = await app.firstWindow()
  // Without a bound of their own, a reload or a click that hangs would take the whole test's time, and its end too.
  page.setDefaultTimeout(45_000)
  page.setDefaultNavigationTimeout(45_000)
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  await expect(page.locator('.gate-card, .frame')).toBeVisible()
  return {
    app,
    page,
    home,
    complaints,
    close: async () => {
      await closeOrKill(app)
      if (given === undefined) await rm(home.folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Calls the contract from the page, as the screens do. */
export async function callFrom<M extends MethodName>(
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

/** A vault with its officers and the archivist wangmin, made through the contract; the window then stands in the case list. */
export async function openRoom({ page, home }: Launched): Promise<OutputOf<'vault.create'>> {
  const created = await callFrom(page, 'vault.create', {
    folder: home.vaultFolder,
    unitName: UNIT_NAME,
    accounts: [...FOUNDERS],
  })
  await callFrom(page, 'vault.confirmShare', { text: created.shares[0]?.text ?? '' })
  await callFrom(page, 'vault.finishSetup', {})
  await callFrom(page, 'shell.rememberVaultFolder', { folder: home.vaultFolder })
  await page.reload()
  await expect(page.locator('.frame')).toBeVisible()
  return created
}

/** Signs somebody else in through the contract, and shows their desk. */
export async function signInAs(
  { page, home }: Pick<Launched, 'page' | 'home'>,
  account: { readonly name: string; readonly password: string },
): Promise<void> {
  await callFrom(page, 'session.signOut', {})
  const { name: accountName, password } = account
  await callFrom(page, 'session.signIn', { folder: home.vaultFolder, accountName, password })
  await page.reload()
  await expect(page.locator('.frame')).toBeVisible()
}

/** What the next dialogs for saving answer. */
export async function saveDialogAnswers(app: ElectronApplication, filePath: string): Promise<void> {
  await app.evaluate(({ dialog }, file) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: file })
  }, filePath)
}

/** Keeps a picture of the window under test-results/screens. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  await mkdir(screens, { recursive: true })
  await page.screenshot({ path: join(screens, `${name}.png`), animations: 'disabled' })
}

/** Serious faults for people who use a screen reader or see little; empty when there are none. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
}
