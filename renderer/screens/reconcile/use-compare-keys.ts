import { useEffect, useRef } from 'react'
import { isTyping } from '../../widgets/key-hint.tsx'
import { type CompareCommand, compareCommandOf } from './compare-keys.ts'

function isElsewhere(target: EventTarget | null): boolean {
  return (
    isTyping(target) ||
    (target instanceof Element &&
      target.closest(
        '.ant-modal, .ant-select-dropdown, .ant-drawer, .ant-dropdown, [role="tablist"], [role="listbox"]',
      ) !== null)
  )
}

/** Hears the keys of comparing while it stands, wherever the focus is but in a field, a list or a dialog. */
export function useCompareKeys(run: (command: CompareCommand) => void): void {
  const runRef = useRef(run)
  runRef.current = run
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isElsewhere(event.target)) return
      const command = compareCommandOf(event)
      if (command === undefined) return
      // A focused button keeps its own space bar.
      if (event.key === ' ' && event.target instanceof HTMLButtonElement) return
      event.preventDefault()
      runRef.current(command)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
