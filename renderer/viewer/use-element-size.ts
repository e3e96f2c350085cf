import { type RefObject, useLayoutEffect, useState } from 'react'
import type { Size } from './geometry.ts'

/** The inner size of an element, followed as it changes; undefined before it stands. */
export function useElementSize(ref: RefObject<HTMLElement | null>): Size | undefined {
  const [size, setSize] = useState<Size>()
  useLayoutEffect(() => {
    const element = ref.current
    if (element === null) return
    const measure = () => {
      const next = { width: element.clientWidth, height: element.clientHeight }
      setSize((before) =>
        before !== undefined && before.width === next.width && before.height === next.height ? before : next,
      )
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return size
}
