export const CHECK_TABS = ['compare', 'lists', 'sheets', 'plan', 'report'] as const
export type CheckTab = (typeof CHECK_TABS)[number]

/** What every page of a checking gets. */
export interface TabProps {
  readonly volumeId: string
  readonly caseId: string
  readonly reconciliationId: string
}

export function isCheckTab(text: string | null): text is CheckTab {
  return CHECK_TABS.some((tab) => tab === text)
}
