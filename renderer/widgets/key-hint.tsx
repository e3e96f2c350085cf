interface KeyHintProps {
  readonly keys: string
}

/** A key to press, as it stands on the keyboard. */
export function KeyHint({ keys }: KeyHintProps) {
  return <kbd className="key-hint">{keys}</kbd>
}

const onMac = navigator.userAgent.includes('Mac')

/** The name of the command key on this machine. */
export const commandKey = onMac ? '⌘' : 'Ctrl '

/** True when the event carries this machine's command key. */
export function hasCommandKey(event: { readonly metaKey: boolean; readonly ctrlKey: boolean }): boolean {
  return onMac ? event.metaKey : event.ctrlKey
}

/** True when a key press belongs to a field that takes typing. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  )
}
