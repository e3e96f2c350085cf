import { useEffect } from 'react'
import { hasCommandKey } from '../widgets/key-hint.tsx'
import { call } from './client.ts'

const TELL_EVERY_MS = 2_000
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const

export async function lockDesk(): Promise<void> {
  await call('session.lock', {})
}

/** Ctrl/⌘ L covers the desk; whoever moves a hand keeps it open. The core counts the time. */
export function useLocking(): void {
  useEffect(() => {
    let told = 0
    const onSign = () => {
      const now = performance.now()
      if (now - told < TELL_EVERY_MS) return
      told = now
      // Refused while the desk is covered: then there is nothing to keep open.
      call('session.stayAwake', {}).catch(() => undefined)
    }
    const onKey = (event: KeyboardEvent) => {
      if (!hasCommandKey(event) || event.key.toLowerCase() !== 'l') return
      event.preventDefault()
      lockDesk().catch((error: unknown) => console.warn('not locked', error))
    }
    for (const sign of SIGNS) window.addEventListener(sign, onSign, { passive: true })
    window.addEventListener('keydown', onKey)
    return () => {
      for (const sign of SIGNS) window.removeEventListener(sign, onSign)
      window.removeEventListener('keydown', onKey)
    }
  }, [])
}
