/**
 * The one list of everything the screen may ask for. Types on both sides derive from it, the core refuses to
 * start when a handler is missing, and "who may do what" and "what is recorded" are read from here alone.
 */
import type { z } from 'zod'
import { accounts, assignments, delegations, roles } from './accounts.ts'
import { approvals } from './approvals.ts'
import { audit } from './audit.ts'
import { backup, backupForms, backupTasks, duties } from './backup.ts'
import { cases, items, pages } from './cases.ts'
import { differences } from './differences.ts'
import { fields } from './fields.ts'
import { intake } from './intake.ts'
import { jobs } from './jobs.ts'
import { loans, outputs, pageOutputs } from './loans.ts'
import { media } from './media.ts'
import type { Method } from './method.ts'
import { paperCatalogue, sheets } from './paper-catalogue.ts'
import { proofs } from './proofs.ts'
import { proposals } from './proposals.ts'
import { recognition, texts } from './recognition.ts'
import { reconcile } from './reconcile.ts'
import { drills, restores } from './restores.ts'
import { reviews } from './reviews.ts'
import { search } from './search.ts'
import { session } from './session.ts'
import { drafts, settings, templates } from './settings.ts'
import { settlements } from './settlements.ts'
import { shell } from './shell.ts'
import { vault } from './vault.ts'

export const contract = Object.freeze({
  ...session,
  ...vault,
  ...cases,
  ...pages,
  ...pageOutputs,
  ...items,
  ...fields,
  ...approvals,
  ...intake,
  ...loans,
  ...outputs,
  ...jobs,
  ...search,
  ...recognition,
  ...proposals,
  ...texts,
  ...reconcile,
  ...paperCatalogue,
  ...sheets,
  ...differences,
  ...settlements,
  ...proofs,
  ...backup,
  ...media,
  ...duties,
  ...restores,
  ...drills,
  ...backupTasks,
  ...backupForms,
  ...audit,
  ...settings,
  ...templates,
  ...drafts,
  ...accounts,
  ...roles,
  ...assignments,
  ...delegations,
  ...reviews,
  ...shell,
})

export type Contract = typeof contract
export type MethodName = keyof Contract
/** What a caller gives: defaults may be left out. */
export type InputOf<M extends MethodName> = z.input<Contract[M]['input']>
/** What a handler receives: defaults filled in. */
export type ParsedInputOf<M extends MethodName> = z.output<Contract[M]['input']>
export type OutputOf<M extends MethodName> = z.output<Contract[M]['output']>
/** What a handler returns. */
export type ReplyOf<M extends MethodName> = z.input<Contract[M]['output']>

export function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(contract, name)
}

export function methodOf(name: MethodName): Method {
  return contract[name]
}

export type ShellMethodName = Extract<MethodName, `shell.${string}`>
export type CoreMethodName = Exclude<MethodName, ShellMethodName>

export * from './events.ts'
export * from './protocol.ts'
