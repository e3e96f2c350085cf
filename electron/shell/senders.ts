import type { IpcMainInvokeEvent, WebContents } from 'electron'
import { APP_ORIGIN } from './schemes.ts'

/** The one place that decides whom to listen to: the top frame of our own window, showing our own page. */
export function isTrustedSender(
  event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>,
  own: WebContents,
): boolean {
  const frame = event.senderFrame
  if (event.sender !== own || frame === null || frame !== own.mainFrame) return false
  return frame.url.startsWith(`${APP_ORIGIN}/`)
}
