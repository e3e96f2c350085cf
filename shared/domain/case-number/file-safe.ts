import { safeFileName } from '../file-name/safe.ts'
import { printSub } from './court-schemes.ts'
import type { CaseNumberFields } from './fields.ts'
import { printedNumbers } from './keys.ts'
import { printCaseNumber } from './print.ts'

const COUNTER_WIDTH = 5
const LONGEST_PART_BYTES = 120

/** A form for file and folder names that sorts by name: （2023）京0105民初123号 gives 2023_京0105_民初_00123. */
export function caseNumberFileSafe(fields: CaseNumberFields): string {
  return safeFileName(joined(fields), LONGEST_PART_BYTES)
}

function joined(fields: CaseNumberFields): string {
  switch (fields.scheme) {
    case 'court': {
      const type = (fields.special ?? '') + fields.type
      return [fields.year, fields.court, type, wide(printedNumbers(fields)), ...ending(fields.sub)].join('_')
    }
    case 'court-legacy':
      return [fields.year, `${fields.body}字`, wide(printedNumbers(fields)), ...ending(fields.sub)].join('_')
    case 'procuratorate-document': {
      const body = fields.procuratorate + (fields.department ?? '') + fields.document
      return [fields.year, body, (fields.marked ? 'Z' : '') + wide(fields.number)].join('_')
    }
    case 'procuratorate-intake':
      return [fields.year, `${fields.procuratorate}${fields.category}受`, fields.unit + fields.number].join(
        '_',
      )
    case 'unified-intake':
      return printCaseNumber(fields)
    case 'law-firm':
      return [fields.year, fields.firm + fields.kind, wide(fields.number)].join('_')
    case 'custom':
    case 'free-text':
      return printCaseNumber(fields)
        .replace(/^[（〔]((?:19|20)\d{2})[）〕]/, '$1_')
        .replace(/[（）〔〕]/g, '_')
  }
}

const wide = (numbers: string): string =>
  numbers.replace(/\d+/g, (digits) => digits.padStart(COUNTER_WIDTH, '0'))
const ending = (sub: number | null): readonly string[] => (sub === null ? [] : [printSub(sub)])
