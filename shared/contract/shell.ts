import { z } from 'zod'
import { area, command, query } from './method.ts'
import { Empty } from './model.ts'

const Paths = z.object({ paths: z.array(z.string()) })

/** What only Electron can do. Answered by the shell; nothing of it reaches the core. */
export const shell = area('shell', {
  info: query({
    input: Empty,
    output: z.object({
      version: z.string(),
      electron: z.string(),
      platform: z.string(),
      testRuntime: z.boolean(),
      lastVaultFolder: z.string().nullable(),
      defaultVaultFolder: z.string(),
    }),
    needs: 'anyone',
    host: 'shell',
  }),
  chooseFolder: query({
    input: z.object({ title: z.string().max(200) }),
    output: Paths,
    needs: 'anyone',
    host: 'shell',
  }),
  chooseFiles: query({
    input: z.object({
      title: z.string().max(200),
      kind: z.enum(['scans', 'table', 'folder-of-scans', 'key-file', 'attachment', 'report']),
    }),
    output: Paths,
    needs: 'anyone',
    host: 'shell',
  }),
  chooseSaveFile: query({
    input: z.object({ title: z.string().max(200), suggestedName: z.string().max(200) }),
    output: z.object({ path: z.string().nullable() }),
    needs: 'anyone',
    host: 'shell',
  }),
  rememberVaultFolder: command({
    input: z.object({ folder: z.string().nullable() }),
    output: Empty,
    needs: 'anyone',
    host: 'shell',
    audit: 'shell.folder-remembered',
  }),
  /** Opens a PDF that this program wrote in the system's viewer, for printing. */
  openWrittenFile: command({
    input: z.object({ path: z.string().min(1) }),
    output: Empty,
    needs: 'anyone',
    host: 'shell',
    audit: 'shell.file-opened',
  }),
  /** Closes the window without asking again. */
  close: command({ input: Empty, output: Empty, needs: 'anyone', host: 'shell', audit: 'shell.closed' }),
  setTitle: command({
    input: z.object({ title: z.string().max(200) }),
    output: Empty,
    needs: 'anyone',
    host: 'shell',
    audit: 'shell.title-set',
  }),
})
