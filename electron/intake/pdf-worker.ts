import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { AppError } from '../../shared/errors.ts'
import { type PdfEngine, startPdfEngine } from './pdf-engine.ts'
import type { PdfReply, PdfRequest, PdfWorkerData } from './pdf-protocol.ts'

/** Worker thread in which PDF files are opened and drawn: see pdf-reader.ts. */
const port = parentPort
if (port === null) throw new Error('pdf-worker runs as a worker thread only')

const { fallbackFontPath } = workerData as PdfWorkerData
let engine: PdfEngine | undefined

async function answer(request: PdfRequest): Promise<{ reply: PdfReply; transfer: ArrayBuffer[] }> {
  engine ??= await startPdfEngine(
    fallbackFontPath === undefined ? undefined : () => readFileSync(fallbackFontPath),
  )
  switch (request.kind) {
    case 'open':
      return {
        reply: { id: request.id, kind: 'opened', facts: engine.open(request.bytes, request.maxPages) },
        transfer: [],
      }
    case 'render': {
      const pixels = engine.render(request.page, request.maxPixels)
      return {
        reply: { id: request.id, kind: 'rendered', pixels },
        transfer: pixels.data.buffer instanceof ArrayBuffer ? [pixels.data.buffer] : [],
      }
    }
    case 'close':
      engine.close()
      return { reply: { id: request.id, kind: 'closed' }, transfer: [] }
  }
}

async function serve(request: PdfRequest): Promise<void> {
  try {
    const { reply, transfer } = await answer(request)
    port?.postMessage(reply, transfer)
  } catch (error) {
    const known = error instanceof AppError
    const envelope = known ? error : new AppError('INTAKE_UNREADABLE_FILE', { reason: 'pdf-engine' })
    const reply: PdfReply = { id: request.id, kind: 'failed', error: envelope.toEnvelope(), broken: !known }
    port?.postMessage(reply)
  }
}

port.on('message', (request: PdfRequest) => void serve(request))
