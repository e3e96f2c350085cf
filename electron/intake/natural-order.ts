import { readChineseNumeral } from '../../shared/domain/chinese-numeral.ts'

const COLLATOR = new Intl.Collator('zh-Hans-CN', { numeric: true, sensitivity: 'variant' })

/** 第十页 counts as 第10页, whatever the thing counted. */
function withDigits(text: string): string {
  return text.replace(/[一二两三四五六七八九十百零]+/gu, (numeral, at: number) => {
    const before = text[at - 1]
    const after = text[at + numeral.length]
    const counted = before === '第' || (after !== undefined && '页卷册件份张次号'.includes(after))
    return counted ? String(readChineseNumeral(numeral) ?? numeral) : numeral
  })
}

const SIDES: readonly (readonly [RegExp, number])[] = [
  [/(?<=[\d\p{P}\s页张])(?:正面?|front|recto)$/iu, 0],
  [/(?<=[\d\p{P}\s页张])(?:[反背]面?|back|verso)$/iu, 1],
]

interface SortKey {
  readonly stem: string
  readonly side: number
  readonly extension: string
}

function keyOf(name: string): SortKey {
  const folded = name.normalize('NFKC')
  const dot = folded.lastIndexOf('.')
  const whole = dot > 0 ? folded.slice(0, dot) : folded
  const extension = dot > 0 ? folded.slice(dot) : ''
  for (const [pattern, side] of SIDES) {
    const stem = whole.replace(pattern, '')
    if (stem !== whole) return { stem: withDigits(stem.trimEnd()), side, extension }
  }
  return { stem: withDigits(whole), side: 0, extension }
}

/**
 * The order in which a person counts: 第2页 before 第10页, 第二页 before 第十页, 正 and front before 反, 背 and
 * back of the same sheet, Chinese by pinyin. Names that count the same keep a fixed order by their code points.
 */
export function compareNames(left: string, right: string): number {
  const a = keyOf(left)
  const b = keyOf(right)
  return (
    COLLATOR.compare(a.stem, b.stem) ||
    a.side - b.side ||
    COLLATOR.compare(a.extension, b.extension) ||
    (left < right ? -1 : left > right ? 1 : 0)
  )
}
