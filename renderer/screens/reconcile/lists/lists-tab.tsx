import type { TabProps } from '../check-tabs.ts'

export function ListsTab(_props: TabProps) {
  return null
}
