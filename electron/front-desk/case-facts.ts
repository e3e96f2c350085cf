import type { ResourceRef } from '../../shared/contract/method.ts'
import type { CaseFacts } from '../../shared/domain/access-decision.ts'
import type { Compartment } from '../../shared/domain/volume-kind.ts'
import type { RecordsRoom } from '../records-room.ts'

interface Place {
  readonly caseId: string
  readonly compartment: Compartment | null
}

function placeOf(room: RecordsRoom, resource: ResourceRef): Place | null {
  const { volumes } = room.catalogue
  switch (resource.kind) {
    case 'case':
      return { caseId: resource.id, compartment: null }
    case 'volume':
      return volumes.require(resource.id)
    case 'item':
      return volumes.ofItem(resource.id)
    case 'page':
      return volumes.ofPage(resource.id)
    case 'job': {
      const volumeId = room.jobs.volumeOf(resource.id)
      return volumeId === undefined ? null : volumes.require(volumeId)
    }
    case 'approval': {
      const { caseId, volumeId } = room.catalogue.approvals.require(resource.id)
      return volumeId === null ? { caseId, compartment: null } : volumes.require(volumeId)
    }
    case 'loan': {
      const { caseId } = room.catalogue.loans.require(resource.id)
      return caseId === null ? null : { caseId, compartment: null }
    }
    case 'account':
      return null
  }
}

/** A loan opens the pages that it names, and the case only so far as to find them. */
function isLent(room: RecordsRoom, { kind, id }: ResourceRef, accountId: string, at: string): boolean {
  if (kind === 'volume' || kind === 'item' || kind === 'page')
    return room.catalogue.lent.lends(accountId, { kind, id }, at)
  return kind === 'case' || kind === 'loan'
}

/** What is known of a resource and of how an account stands to it; null when it is about no case. */
export function caseFacts(
  room: RecordsRoom,
  resource: ResourceRef,
  accountId: string,
  at: string,
): CaseFacts | null {
  const place = placeOf(room, resource)
  if (place === null) return null
  const { status, secrecy } = room.catalogue.cases.require(place.caseId)
  const judgedAt = room.catalogue.lent.moment(new Date(at))
  const standing = room.catalogue.assignments.standing(place.caseId, accountId, judgedAt)
  const granted = standing.granted && isLent(room, resource, accountId, judgedAt)
  return { ...place, status, secrecy, ...standing, granted }
}
