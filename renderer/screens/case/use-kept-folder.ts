import { useCallback, useEffect, useState } from 'react'
import { call } from '../../app/client.ts'

const KEY = 'export-folder'

function warn(error: unknown): void {
  console.warn('folder not kept', error instanceof Error ? error.message : 'unknown')
}

/** Where this person exported to the last time. */
export function useKeptFolder(): readonly [string, (folder: string) => void] {
  const [folder, setFolder] = useState<string>()
  const [kept, setKept] = useState('')
  useEffect(() => {
    let wanted = true
    call('drafts.load', { key: KEY }).then(({ value }) => {
      if (wanted && value !== null) setKept(value)
    }, warn)
    return () => {
      wanted = false
    }
  }, [])
  const choose = useCallback((chosen: string) => {
    setFolder(chosen)
    call('drafts.save', { key: KEY, value: chosen }).catch(warn)
  }, [])
  return [folder ?? kept, choose]
}
