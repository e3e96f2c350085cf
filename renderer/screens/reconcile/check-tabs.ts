export const CHECK_TABS = ['compare', 'lists', 'sheets', 'plan', 'report'] as const
export type CheckTab = (typeof CHECK_TABS)[number]

/** Where in a checking to go. */
export interface CheckPlace {
  readonly tab: CheckTab
  readonly match?: string | undefined
  readonly difference?: string | undefined
}

/** What every page of a checking gets. */
export interface TabProps {
  readonly volumeId: string
  readonly caseId: string
  readonly reconciliationId: string
}

export function isCheckTab(text: string | null): text is CheckTab {
  return CHECK_TABS.some((tab) => tab === text)
}
