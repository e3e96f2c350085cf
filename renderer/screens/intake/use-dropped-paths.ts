import { useEffect, useRef, useState } from 'react'
import { pathOfFile } from '../../app/client.ts'

/** Hears files dropped anywhere on the window; true while some hover over it. */
export function useDroppedPaths(onPaths: (paths: readonly string[]) => void): boolean {
  const [hovering, setHovering] = useState(false)
  const listener = useRef(onPaths)
  listener.current = onPaths
  useEffect(() => {
    let depth = 0
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true
    const onEnter = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      depth += 1
      setHovering(true)
    }
    const onLeave = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      depth = Math.max(0, depth - 1)
      if (depth === 0) setHovering(false)
    }
    const onOver = (event: DragEvent) => {
      if (carriesFiles(event)) event.preventDefault()
    }
    const onDrop = (event: DragEvent) => {
      event.preventDefault()
      depth = 0
      setHovering(false)
      const paths = [...(event.dataTransfer?.files ?? [])].map(pathOfFile).filter((path) => path !== '')
      if (paths.length > 0) listener.current(paths)
    }
    window.addEventListener('dragenter', onEnter)
    window.addEventListener('dragleave', onLeave)
    window.addEventListener('dragover', onOver)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('dragenter', onEnter)
      window.removeEventListener('dragleave', onLeave)
      window.removeEventListener('dragover', onOver)
      window.removeEventListener('drop', onDrop)
    }
  }, [])
  return hovering
}
