import { useCallback, useEffect, useState } from 'react'

/** Well under three flashes a second, which could harm some people (WCAG 2.2, 2.3.1). */
const EVERY_MS = 650

export interface Blink {
  readonly showing: 'paper' | 'electronic'
  readonly paused: boolean
  readonly pause: () => void
  /** Shows the other one and stays there. */
  readonly flip: () => void
}

/** Shows the two images in turn; who asked for less motion turns them by hand. */
export function useBlink(on: boolean): Blink {
  const [showing, setShowing] = useState<'paper' | 'electronic'>('paper')
  const [paused, setPaused] = useState(() => matchMedia('(prefers-reduced-motion: reduce)').matches)
  useEffect(() => {
    if (!on || paused) return
    const timer = setInterval(
      () => setShowing((before) => (before === 'paper' ? 'electronic' : 'paper')),
      EVERY_MS,
    )
    return () => clearInterval(timer)
  }, [on, paused])
  const pause = useCallback(() => setPaused((before) => !before), [])
  const flip = useCallback(() => {
    setPaused(true)
    setShowing((before) => (before === 'paper' ? 'electronic' : 'paper'))
  }, [])
  return { showing, paused, pause, flip }
}
