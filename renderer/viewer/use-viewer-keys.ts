import { useEffect, useRef } from 'react'
import { isTyping } from '../widgets/key-hint.tsx'
import { commandOf, type ViewerCommand } from './keys.ts'

interface ViewerKeys {
  readonly run: (command: ViewerCommand) => void
  readonly leavesAlone: (command: ViewerCommand) => boolean
}

function isElsewhere(target: EventTarget | null): boolean {
  return (
    isTyping(target) ||
    (target instanceof Element && target.closest('.ant-modal, .ant-select-dropdown, .ant-drawer') !== null)
  )
}

/** Hears the keys of the viewer while it stands, wherever the focus is but in a field or a dialog. */
export function useViewerKeys(keys: ViewerKeys): void {
  const keysRef = useRef(keys)
  keysRef.current = keys
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isElsewhere(event.target)) return
      const command = commandOf(event)
      if (command === undefined || keysRef.current.leavesAlone(command)) return
      // A focused button keeps its own space bar.
      if (event.key === ' ' && event.target instanceof HTMLButtonElement) return
      event.preventDefault()
      keysRef.current.run(command)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
