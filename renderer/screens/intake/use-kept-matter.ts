import { useCallback, useEffect, useState } from 'react'
import { call } from '../../app/client.ts'
import { type Matter, NO_MATTER, readMatter } from './matter.ts'

const KEY = 'import-matter'

function warn(error: unknown): void {
  console.warn('choice not kept', error instanceof Error ? error.message : 'unknown')
}

/** The unnumbered parts as this person chose them for the last import. */
export function useKeptMatter(): readonly [Matter, (matter: Matter) => void] {
  const [chosen, setChosen] = useState<Matter>()
  const [kept, setKept] = useState(NO_MATTER)
  useEffect(() => {
    let wanted = true
    call('drafts.load', { key: KEY }).then(({ value }) => {
      if (wanted && value !== null) setKept(readMatter(value))
    }, warn)
    return () => {
      wanted = false
    }
  }, [])
  const choose = useCallback((matter: Matter) => {
    setChosen(matter)
    call('drafts.save', { key: KEY, value: JSON.stringify(matter) }).catch(warn)
  }, [])
  return [chosen ?? kept, choose]
}
