import { InferenceSession } from 'onnxruntime-node'
import type { ModelFiles } from './page-models.ts'
import type { LoadedModels } from './read-page.ts'

/** Opens the models in the native library, from bytes that were proven. */
export async function openModels(files: ModelFiles, threads: number): Promise<LoadedModels> {
  const options: InferenceSession.SessionOptions = {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // Every line has a width of its own: an arena would keep room for the widest of each shape.
    enableMemPattern: false,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    logSeverityLevel: 4,
  }
  return {
    detection: await InferenceSession.create(files.detection, options),
    recognition: await InferenceSession.create(files.recognition, options),
    characters: files.characters,
  }
}
