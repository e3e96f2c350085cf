import { hostname, userInfo } from 'node:os'
import path from 'node:path'
import type { JobSummary } from '../shared/contract/jobs.ts'
import type { CatalogueTemplate } from '../shared/domain/catalogue-template.ts'
import { AppError } from '../shared/errors.ts'
import {
  type AlarmDesk,
  type AuditLog,
  alarmDesk,
  auditLog,
  HEAD_FILE,
  type HeadWitness,
} from './audit/index.ts'
import { type BackupDesk, backupDesk } from './backup/index.ts'
import { type Catalogue, openCatalogue } from './catalogue/index.ts'
import {
  createPdfReader,
  importJob,
  type PageImages,
  type PdfReader,
  pageImages,
  type TemplateShelf,
  templateShelf,
} from './intake/index.ts'
import { type JobDesk, jobDesk } from './jobs/index.ts'
import {
  type PageReader,
  type ProposalDesk,
  proposalDesk,
  type RecognitionDesk,
  recognitionDesk,
} from './recognition/index.ts'
import { differenceDesk, rescanJob } from './reconcile/index.ts'
import { type OpenTextShelf, openTextShelf, searchIndexJob } from './search/index.ts'
import { vaultCheckJob } from './upkeep/index.ts'
import type { OpenVault } from './vault/index.ts'

/** Every service over one open vault. */
export interface RecordsRoom {
  readonly vault: OpenVault
  readonly catalogue: Catalogue
  readonly audit: AuditLog
  readonly alarms: AlarmDesk
  readonly jobs: JobDesk
  readonly templates: TemplateShelf
  readonly images: PageImages
  readonly pdf: PdfReader
  readonly texts: OpenTextShelf
  readonly recognition: RecognitionDesk
  readonly proposals: ProposalDesk
  readonly backup: BackupDesk
  /** Stops what runs, in reverse order of building, and gives the vault back. */
  readonly close: () => Promise<void>
}

/** Whether somebody needs this machine. */
export interface Station {
  /** Whole seconds since somebody last did something here; infinite while the desk is covered. */
  readonly secondsAlone: () => number
  /** From so many on pages are read in the background; null: never. */
  readonly idleSeconds: number | null
  /** Whether backups may begin without being asked for. */
  readonly mayBackUp: () => boolean
}

export interface RecordsRoomParts {
  readonly vault: OpenVault
  readonly shippedTemplates: readonly CatalogueTemplate[]
  /** An OpenType font for PDF text whose Chinese font is not in the file. */
  readonly fallbackFontPath: string
  readonly now: () => Date
  readonly newId: () => string
  readonly onJob: (job: JobSummary) => void
  readonly onCaseChanged: (caseId: string) => void
  readonly onFault: (operation: string, error: unknown) => void
  readonly onAlarm?: () => void
  readonly reader: PageReader
  readonly station: Station
  readonly onRecognitionChanged: () => void
  readonly onReconcileChanged: (volumeId: string) => void
  readonly onBackupChanged: () => void
  /** The folder of what goes with every set of backups. */
  readonly backupReader: string
  /** Where this workstation keeps what it last saw of the vault's log. */
  readonly witness?: HeadWitness
}

export const CATALOGUE_FILE = 'catalogue.db'

/** Builds each service once, in the order in which they need one another. */
export function openRecordsRoom(parts: RecordsRoomParts): RecordsRoom {
  const { vault, now, newId } = parts
  const key = vault.catalogueKey()
  const catalogue = openCatalogue(path.join(vault.folder, CATALOGUE_FILE), key)
  key.fill(0)
  const audit = auditLog(catalogue.sql, now, {
    vaultId: vault.id,
    headFile: path.join(vault.folder, HEAD_FILE),
    machine: hostname(),
    osUser: userInfo().username,
    ...(parts.witness === undefined ? {} : { witness: parts.witness }),
  })
  const alarms = alarmDesk({ sql: catalogue.sql, log: audit, now, newId, onAlarm: () => parts.onAlarm?.() })
  audit.noticeBreak()
  const templates = templateShelf(parts.shippedTemplates, catalogue.desk, now)
  const pdf = createPdfReader({ fallbackFontPath: parts.fallbackFontPath })
  const onJob = (job: JobSummary) => {
    parts.onJob(job)
    // Background reading makes way as soon as a job begins.
    recognition.look()
  }
  const jobs = jobDesk({ sql: catalogue.sql, now, newId, onChange: onJob, onError: parts.onFault })
  jobs.register(importJob({ vault, catalogue, templates, pdf, now, newId, changed: parts.onCaseChanged }))
  const images = pageImages(catalogue, vault)
  const texts = openTextShelf({
    vault,
    places: catalogue.search,
    now,
    onLost: (compartment, file) => {
      parts.onFault('texts.damaged', new AppError('CATALOGUE_DAMAGED', { file }))
      recognition.records.allAgain(compartment)
    },
  })
  jobs.register(vaultCheckJob({ vault, catalogue, audit, texts }))
  jobs.register(searchIndexJob({ vault, catalogue, texts }))
  const proposals = proposalDesk({
    catalogue,
    texts,
    template: templates.find,
    unitName: () => catalogue.desk.setting('unitName') ?? vault.unitName,
  })
  const recognition = recognitionDesk({
    ...{ vault, catalogue, texts, jobs, now },
    ...{ reader: parts.reader, ...parts.station },
    onText: proposals.readPage,
    onRound: (details) => {
      const about = { subject: '', result: 'done', code: null, sessionId: null, details } as const
      // Nobody's deed, but done under the keys of whoever is signed in.
      audit.append({ ...about, action: 'recognition.read-idle', accountId: vault.account.accountId })
    },
    onChange: parts.onRecognitionChanged,
    onFault: parts.onFault,
  })
  jobs.register(
    rescanJob({
      ...{ catalogue, vault, texts, pdf, now, newId },
      reader: parts.reader,
      readElectronic: recognition.readPage,
      differences: differenceDesk({ catalogue: () => catalogue, vault: () => vault, now, newId }),
      changed: parts.onReconcileChanged,
    }),
  )
  const backup = backupDesk({
    ...{ vault, catalogue, audit, texts, jobs, now, newId },
    readerFolder: parts.backupReader,
    station: parts.station,
    changed: parts.onBackupChanged,
    onFault: parts.onFault,
  })
  let closing: Promise<void> | undefined
  return {
    vault,
    catalogue,
    audit,
    alarms,
    jobs,
    templates,
    images,
    pdf,
    texts,
    recognition,
    proposals,
    backup,
    close: () => {
      closing ??= (async () => {
        backup.close()
        await jobs.stop()
        await recognition.close()
        await pdf[Symbol.asyncDispose]()
        try {
          // Whatever was recorded since the last head gets one as the room closes.
          audit.signIfGrown(vault.signer(), 'close')
        } catch (error) {
          parts.onFault('audit.head', error)
        }
        texts.close()
        catalogue.close()
        await vault.close()
      })()
      return closing
    },
  }
}
