import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import type { AuditLog } from '../audit/index.ts'
import type { Catalogue } from '../catalogue/index.ts'
import type { JobKind } from '../jobs/index.ts'
import { checkCaseIndex, checkTextIndex, type OpenTextShelf, TEXT_FILES } from '../search/index.ts'
import type { OpenVault } from '../vault/index.ts'

export interface VaultCheckParts {
  readonly vault: OpenVault
  readonly catalogue: Catalogue
  readonly audit: AuditLog
  readonly texts: OpenTextShelf
}

const CheckInput = z.object({})
const AT_ONCE = 4
const SHORT_NAME = 12

/**
 * Checks the whole vault: every object that the catalogue names is opened to its last segment and compared with
 * its recorded SHA-256; every file in `objects/` is named by the catalogue; the database, the search index and the
 * chain of the audit log are whole. Objects of a compartment that the account may not open count as skipped.
 */
export function vaultCheckJob({
  vault,
  catalogue,
  audit,
  texts,
}: VaultCheckParts): JobKind<Record<string, never>> {
  return {
    kind: 'vault-check',
    input: CheckInput as z.ZodType<Record<string, never>>,
    label: () => '',
    resources: () => ['vault-check'],
    run: async ({ signal, progress, record, whileAlone }) => {
      progress({ phase: 'database', done: 0, total: null })
      const problems = catalogue.problems()
      problems.forEach((problem, place) => {
        record({
          unitKey: `database|${place}`,
          subject: 'catalogue.db',
          outcome: 'damaged',
          code: 'CATALOGUE_DAMAGED',
          details: { problem },
        })
      })
      const cases = await checkCaseIndex({ catalogue }, signal, () => progress({}))
      if (cases.missing + cases.stale + cases.extra > 0)
        record({
          unitKey: 'search',
          subject: 'search',
          outcome: 'damaged',
          code: 'CATALOGUE_DAMAGED',
          details: { ...cases },
        })
      for (const compartment of vault.compartments) {
        const problems = texts.problems(compartment)
        const found = await checkTextIndex({ texts }, compartment, signal, () => progress({}))
        if (problems.length + found.missing + found.stale + found.extra > 0)
          record({
            unitKey: `texts|${compartment}`,
            subject: TEXT_FILES[compartment],
            outcome: 'damaged',
            code: 'CATALOGUE_DAMAGED',
            details: { ...found, problems: problems.length },
          })
      }
      const chain = audit.verify()
      if (chain.brokenAt !== null) {
        record({
          unitKey: 'audit',
          subject: 'audit',
          outcome: 'damaged',
          code: 'CATALOGUE_DAMAGED',
          details: { brokenAt: chain.brokenAt },
        })
      }

      progress({ phase: 'objects' })
      const wanted = new Map<string, { compartment: 'open' | 'restricted'; sha256: string }>()
      for (const { compartment, objectName, sha256 } of catalogue.pages.objects()) {
        wanted.set(objectName, { compartment, sha256 })
      }
      const queue = [...wanted]
      let done = 0
      let bytes = 0
      progress({ done, total: queue.length })
      const lane = async () => {
        for (let entry = queue.pop(); entry !== undefined; entry = queue.pop()) {
          signal.throwIfAborted()
          const [name, { compartment, sha256 }] = entry
          const subject = name.slice(0, SHORT_NAME)
          const unitKey = `object|${name}`
          if (!vault.compartments.has(compartment)) {
            record({ unitKey, subject, outcome: 'skipped', code: 'VAULT_COMPARTMENT_CLOSED' })
          } else {
            try {
              bytes += (await vault.objects.verify(compartment, name, { expectedSha256: sha256, signal }))
                .sizeBytes
              tally.sound += 1
            } catch (error) {
              signal.throwIfAborted()
              if (!(error instanceof AppError)) throw error
              const outcome = error.code === 'VAULT_OBJECT_MISSING' ? 'missing' : 'damaged'
              tally[outcome] += 1
              record({ unitKey, subject, outcome, code: error.code, details: error.details })
            }
          }
          done += 1
          progress({ done, bytes })
        }
      }
      const tally = { sound: 0, damaged: 0, missing: 0 }
      await Promise.all(Array.from({ length: AT_ONCE }, lane))
      if (tally.damaged + tally.missing > 0) {
        // The watch over the log turns this into an alarm (domain.md §10, A10).
        audit.append({
          action: 'fixity.failed',
          accountId: null,
          sessionId: null,
          subject: '',
          result: 'failed',
          code: 'VAULT_OBJECT_DAMAGED',
          details: { damaged: tally.damaged, missing: tally.missing },
        })
      }

      progress({ phase: 'orphans' })
      let orphans = 0
      // An import may be about to name an object that it has just sealed: orphans are set aside only without one.
      await whileAlone(async () => {
        for await (const { name } of vault.objects.list()) {
          signal.throwIfAborted()
          if (wanted.has(name) || catalogue.pages.isReferenced(name)) continue
          orphans += 1
          // A crash between sealing and committing leaves these: harmless, and moved out of the way for a while.
          await vault.objects.quarantine(name)
          record({ unitKey: `orphan|${name}`, subject: name.slice(0, SHORT_NAME), outcome: 'orphan' })
        }
      })
      record({
        unitKey: 'summary',
        subject: '',
        outcome: 'sound',
        details: {
          objects: wanted.size,
          sound: tally.sound,
          orphans,
          auditRecords: chain.recordCount,
          auditHead: chain.headHash,
        },
        pageCount: catalogue.pages.count(),
      })
    },
  }
}
