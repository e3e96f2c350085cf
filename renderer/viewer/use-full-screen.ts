import { useCallback, useEffect, useState } from 'react'

/** Fills the window, and the screen as well where the shell allows it. */
export function useFullScreen(): {
  readonly full: boolean
  readonly toggle: () => void
  readonly leave: () => void
} {
  const [full, setFull] = useState(false)
  const leave = useCallback(() => {
    setFull(false)
    if (document.fullscreenElement === null) return
    document.exitFullscreen().catch((error: unknown) => console.warn('full screen not left', error))
  }, [])
  const toggle = useCallback(() => {
    if (full) return leave()
    setFull(true)
    // Refused by the shell or the system: filling the window is what remains.
    document.documentElement.requestFullscreen().catch(() => undefined)
  }, [full, leave])
  useEffect(() => {
    const onChange = () => {
      if (document.fullscreenElement === null) setFull(false)
    }
    document.addEventListener('fullscreenchange', onChange)
    return () => document.removeEventListener('fullscreenchange', onChange)
  }, [])
  useEffect(
    () => () => {
      if (document.fullscreenElement === null) return
      document.exitFullscreen().catch((error: unknown) => console.warn('full screen not left', error))
    },
    [],
  )
  return { full, toggle, leave }
}
