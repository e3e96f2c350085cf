import { forgetCase, forgetCaseList, forgetEverything } from '../cache/reading-cache.ts'
import { useJobs } from '../state/jobs.ts'
import { useLeaving } from '../state/leaving.ts'
import { preferencesOf, readPreferences, usePreferences } from '../state/preferences.ts'
import { useSearchPlace } from '../state/search-place.ts'
import { type SignedIn, useSession } from '../state/session.ts'
import { call, onAnyEvent } from './client.ts'
import { changeLanguage } from './i18n.ts'

const PREFERENCES_KEY = 'preferences'
/** How long a dialog takes to fade. */
const DIALOG_GOES_MS = 300

function report(what: string) {
  return (error: unknown) => console.warn(what, error instanceof Error ? error.message : 'unknown')
}

async function loadPreferences(): Promise<void> {
  const { value } = await call('drafts.load', { key: PREFERENCES_KEY })
  if (value !== null) usePreferences.getState().change(readPreferences(value))
}

async function loadJobs(session: SignedIn): Promise<void> {
  if (!session.permissions.includes('job.read')) return
  useJobs.getState().replaceAll(await call('jobs.list', {}))
}

/** Someone is at the desk from here on: fetch what the frame shows, and open the door. */
export async function enterSession(session: SignedIn): Promise<void> {
  await forgetEverything()
  useSearchPlace.getState().forget()
  useJobs.getState().replaceAll([])
  useSession.getState().signedIn(session)
  await Promise.all([
    loadPreferences().catch(report('preferences not loaded')),
    loadJobs(session).catch(report('jobs not loaded')),
  ])
}

export async function leaveSession(reason: 'asked' | 'core-restarted' | 'session-ended'): Promise<void> {
  useJobs.getState().closeDrawer()
  useLeaving.getState().end()
  useJobs.getState().replaceAll([])
  useSession.getState().signedOut(reason)
  // Whoever comes next begins at their own first place, not where this person stood.
  if (reason === 'asked') window.location.hash = ''
  await forgetEverything()
}

/** The same person is back: the desk is as it was, and what changed meanwhile was told by events. */
export async function uncoverDesk(session: SignedIn): Promise<void> {
  const { phase } = useSession.getState()
  if (phase.name === 'locked' && phase.session !== null) useSession.getState().signedIn(session)
  else await enterSession(session)
}

function isSomebodyThere(): boolean {
  const { name } = useSession.getState().phase
  return name === 'signed-in' || name === 'locked'
}

/** The core ended the session: as the person asked who left after a backup, or for reasons of its own. */
async function leftBehind(): Promise<void> {
  const { leavingFor, end } = useLeaving.getState()
  if (leavingFor !== null) {
    // The dialog goes first: it gives focus and scrolling back to what lies under it, and goes away next.
    end()
    await new Promise((resolve) => setTimeout(resolve, DIALOG_GOES_MS))
  }
  await leaveSession(leavingFor === null ? 'session-ended' : 'asked')
  if (leavingFor === 'close') await call('shell.close', {})
}

function hearCore(): void {
  onAnyEvent((event) => {
    switch (event.event) {
      case 'job':
        useJobs.getState().put(event.job)
        break
      case 'changed':
        if (event.what === 'case-list') forgetCaseList().catch(report('cache'))
        if (event.what === 'case') {
          Promise.all([forgetCase(event.caseId), forgetCaseList()]).catch(report('cache'))
        }
        break
      case 'session':
        if (event.state.state === 'locked') useSession.getState().locked(event.state.locked)
        if (event.state.state === 'signed-out' && isSomebodyThere()) {
          leftBehind().catch(report('leaving'))
        }
        break
      case 'leave-asked':
        useLeaving.getState().begin('close')
        break
      case 'core':
        if (event.state === 'stopped') useSession.getState().coreStopped()
        if (event.state === 'restarted') leaveSession('core-restarted').catch(report('leaving'))
        if (event.state === 'ready' && useSession.getState().phase.name === 'core-stopped') {
          leaveSession('core-restarted').catch(report('leaving'))
        }
        break
    }
  })
}

function keepPreferences(): void {
  usePreferences.subscribe((now, before) => {
    if (now.language !== before.language) changeLanguage(now.language).catch(report('language'))
    if (useSession.getState().phase.name !== 'signed-in') return
    const value = JSON.stringify(preferencesOf(now))
    if (value === JSON.stringify(preferencesOf(before))) return
    call('drafts.save', { key: PREFERENCES_KEY, value }).catch(report('preferences not kept'))
  })
}

/** Joins the stores to the core and finds out where the person stands. Called once, before the first paint. */
export async function startSession(): Promise<void> {
  hearCore()
  keepPreferences()
  const shell = await call('shell.info', {})
  useSession.getState().setShell(shell)
  const state = await call('session.state', {})
  if (state.state === 'signed-in') await enterSession(state.session)
  else if (state.state === 'locked') useSession.getState().locked(state.locked)
  else if (shell.lastVaultFolder === null) useSession.getState().openSetup()
  else useSession.getState().signedOut(null)
}
