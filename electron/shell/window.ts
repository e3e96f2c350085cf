import path from 'node:path'
import { app, BrowserWindow, type Session, session as sessions, shell as system } from 'electron'
import { APP_ORIGIN } from './schemes.ts'

/** A partition without `persist:` lives in memory: nothing of the reading side is ever written to disk. */
const PARTITION = 'juanku'
const ALLOWED = 'clipboard-sanitized-write'

export function windowSession(): Session {
  const session = sessions.fromPartition(PARTITION, { cache: false })
  // The page needs no camera, no notifications, nothing but to put text on the clipboard; it never reads from it.
  session.setPermissionRequestHandler((_contents, permission, decide) => decide(permission === ALLOWED))
  session.setPermissionCheckHandler((_contents, permission) => permission === ALLOWED)
  session.setDevicePermissionHandler(() => false)
  // Nothing calls out: whatever is not ours is stopped before it starts.
  session.webRequest.onBeforeRequest((details, decide) => {
    decide({
      cancel: !/^(?:juanku:\/\/app\/|page:\/\/vault\/|data:|blob:juanku:|devtools:)/u.test(details.url),
    })
  })
  session.on('will-download', (event) => event.preventDefault())
  return session
}

export interface WindowOptions {
  readonly session: Session
  readonly preload: string
  readonly iconFolder: string
  readonly title: string
}

export function openWindow({ session, preload, iconFolder, title }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    title,
    icon: path.join(iconFolder, 'icon.png'),
    backgroundColor: '#f4f6f7',
    autoHideMenuBar: true,
    webPreferences: {
      session,
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  })
  window.once('ready-to-show', () => window.show())
  return window
}

/** Rules for every page that ever appears: no navigation, no new windows, no webviews. */
export function guardContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event, url) => {
      if (!url.startsWith(`${APP_ORIGIN}/`)) event.preventDefault()
    })
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
}

/** Opens a file of ours in the system's own program; returns false when the system had none for it. */
export async function openInSystem(file: string): Promise<boolean> {
  return (await system.openPath(file)) === ''
}
