import path from 'node:path'
import { mayHold } from '../../shared/domain/grant-separation.ts'
import { AppError } from '../../shared/errors.ts'
import type { Handlers } from '../access/index.ts'
import { writeFileAtomically } from '../atomic-write.ts'
import { refuseMixed } from './account-rights.ts'
import { matrixCsv, matrixPdf } from './matrix-form.ts'
import { type FrontDeskParts, type OpenDesk, requireSession } from './open-desk.ts'
import { keepGrants, matrixInForce } from './role-matrix-desk.ts'

type RightMethod =
  | `roles.${'matrix' | 'setGrants' | 'export'}`
  | `assignments.${'ofCase' | 'add' | 'end' | 'recuse'}`
  | `delegations.${'list' | 'add' | 'end'}`

/** The matrix of roles, the people on a case, 回避, and dated delegations. */
export function rightHandlers(parts: FrontDeskParts, desk: OpenDesk): Handlers<RightMethod> {
  const { now, newId } = parts
  const catalogue = () => desk.room().catalogue
  const at = () => now().toISOString()
  const matrix = () => {
    const { matrix: rows, edited } = matrixInForce(catalogue())
    const copy = Object.entries(rows).map(([role, grants]) => [
      role,
      grants.map(({ compartments, statuses, ...grant }) => ({
        ...grant,
        ...(compartments === undefined ? {} : { compartments: [...compartments] }),
        ...(statuses === undefined ? {} : { statuses: [...statuses] }),
      })),
    ])
    return { matrix: Object.fromEntries(copy), edited }
  }
  const nameOf = (id: string) => catalogue().accounts.find(id)?.displayName ?? id
  const active = (id: string) => {
    const account = catalogue().accounts.require(id)
    if (account.state !== 'active') throw new AppError('CATALOGUE_CONFLICT', { kind: 'account' })
    return account
  }

  return {
    'roles.matrix': matrix,
    'roles.setGrants': ({ role, grants }, call) => {
      const foreign = grants.find(({ permission }) => !mayHold(role, permission))
      if (foreign !== undefined)
        throw new AppError('ACCESS_ROLES_CONFLICT', { reason: 'grant', permission: foreign.permission })
      call.note({ subject: `role:${role}`, details: { grants: grants.length } })
      keepGrants(catalogue(), role, grants as Parameters<typeof keepGrants>[2])
      return matrix()
    },
    'roles.export': async ({ file, format }, call) => {
      const inForce = matrixInForce(catalogue())
      const { fontRegular, fontBold } = parts.assets
      const unitName = desk.unitName()
      const content = {
        pdf: () =>
          matrixPdf({
            ...inForce,
            unitName,
            logHead: desk.logHeadWords(),
            createdAt: now(),
            fontRegular,
            fontBold,
          }),
        csv: () => matrixCsv(inForce.matrix),
        json: () => `${JSON.stringify({ unitName, at: at(), ...inForce }, null, 2)}\n`,
      }
      await writeFileAtomically(file, await content[format]())
      call.note({ details: { format, edited: inForce.edited } })
      return { fileName: path.basename(file) }
    },
    'assignments.ofCase': ({ caseId }) => ({
      people: catalogue()
        .assignments.ofCase(caseId, at())
        .map(({ loanId: _, kind, ...assignment }) => ({
          ...assignment,
          kind: kind === 'own' ? ('own' as const) : ('assigned' as const),
          accountName: nameOf(assignment.accountId),
        })),
      recused: catalogue()
        .assignments.recusals(caseId)
        .map(({ accountId, reason }) => ({ accountId, reason, accountName: nameOf(accountId) })),
      accounts: catalogue()
        .accounts.all()
        .filter(({ state }) => state === 'active')
        .map(({ id, displayName, roles }) => ({ id, displayName, roles: [...roles] })),
    }),
    'assignments.add': ({ caseId, accountId, kind, untilAt }, call) => {
      active(accountId)
      const by = requireSession(call).accountId
      const assignment = { id: newId(), caseId, accountId, kind, fromAt: at(), untilAt, loanId: null }
      catalogue().assignments.add(assignment, by, at())
      call.note({ details: { account: accountId, kind } })
      return {}
    },
    'assignments.end': ({ caseId, assignmentId }) => {
      const known = catalogue()
        .assignments.ofCase(caseId, at())
        .some(({ id }) => id === assignmentId)
      if (!known) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'assignment', id: assignmentId })
      catalogue().assignments.end(assignmentId, at())
      return {}
    },
    'assignments.recuse': ({ caseId, accountId, reason }, call) => {
      catalogue().accounts.require(accountId)
      catalogue().assignments.recuse(caseId, accountId, reason, requireSession(call).accountId, at())
      call.note({ details: { account: accountId, lifted: reason === null } })
      return {}
    },
    'delegations.list': () =>
      catalogue()
        .assignments.delegations()
        .map(({ fromAccount, toAccount, roles, ...delegation }) => ({
          ...delegation,
          roles: [...roles],
          fromName: nameOf(fromAccount),
          toName: nameOf(toAccount),
          inForce: delegation.endedAt === null && delegation.fromAt <= at() && delegation.untilAt > at(),
        })),
    'delegations.add': ({ fromAccountId, toAccountId, roles, fromAt, untilAt, reason }, call) => {
      const from = active(fromAccountId)
      const to = active(toAccountId)
      if (fromAccountId === toAccountId || untilAt <= fromAt)
        throw new AppError('CALL_INVALID_INPUT', { field: 'untilAt' })
      if (!roles.every((role) => from.roles.includes(role)))
        throw new AppError('ACCESS_ROLES_CONFLICT', { reason: 'not-held', problem: 'not-held' })
      refuseMixed(desk.room(), [...to.roles, ...roles])
      const delegation = {
        id: newId(),
        fromAccount: fromAccountId,
        toAccount: toAccountId,
        ...{ roles, fromAt, untilAt, reason },
      }
      catalogue().assignments.addDelegation(delegation, requireSession(call).accountId, at())
      call.note({ subject: `account:${toAccountId}`, details: { roles: roles.join(','), untilAt } })
      return {}
    },
    'delegations.end': ({ id }) => {
      catalogue().assignments.endDelegation(id, at())
      return {}
    },
  }
}
