import { z } from 'zod'
import { FINDING_CODES } from '../domain/backup/finding.ts'
import { Id } from './model.ts'

/** Fields that media, backups and restores share. */
export const Folder = z.string().min(1).max(4096)
export const JobStarted = z.object({ jobId: Id })
export const SnapshotId = z.string().regex(/^\d{8}T\d{6}Z-[0-9a-f]{6}$/)
export const OfMedium = z.object({ mediumId: Id })
/** A code with its details; screens and printed registers put it into words. */
export const Finding = z.object({
  code: z.enum(FINDING_CODES),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
})
