import { z } from 'zod'
import { Id } from './model.ts'

/** Fields that media, backups and restores share. */
export const Folder = z.string().min(1).max(4096)
export const JobStarted = z.object({ jobId: Id })
export const SnapshotId = z.string().regex(/^\d{8}T\d{6}Z-[0-9a-f]{6}$/)
export const OfMedium = z.object({ mediumId: Id })
