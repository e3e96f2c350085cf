import type { Call, Handlers } from '../access/index.ts'
import { type FrontDeskParts, type OpenDesk, requireSession } from './open-desk.ts'

/** Unsaved typing, sealed for the account that typed it. */
export function draftHandlers(
  { now }: FrontDeskParts,
  desk: OpenDesk,
): Handlers<'drafts.load' | 'drafts.save'> {
  const draftPlace = (call: Call, key: string) => ({ label: `${requireSession(call).accountId}|${key}` })
  return {
    'drafts.load': ({ key }, call) => {
      const sealed = desk.room().catalogue.desk.draft(requireSession(call).accountId, key)
      if (sealed === undefined) return { value: null }
      return { value: desk.room().vault.openDraft(draftPlace(call, key), sealed).toString('utf8') }
    },
    'drafts.save': ({ key, value }, call) => {
      const sealed =
        value === null ? null : desk.room().vault.sealDraft(draftPlace(call, key), Buffer.from(value, 'utf8'))
      desk.room().catalogue.desk.putDraft(requireSession(call).accountId, key, sealed, now().toISOString())
      return {}
    },
  }
}
