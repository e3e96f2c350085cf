/** Lines beyond this many are not compared: pages that differ in more are told apart by less. */
const MOST_LINES = 60
/** Two lines that share this much of the longer one are readings of one line. */
const ONE_LINE = 0.3
/** What one misread character counts, and one digit: less than a place where something else stands. */
const ONE_CHARACTER = 0.15
const ONE_DIGIT = 0.3
/** Another number of this length, or another person's name, is seldom a slip or a correction. */
const WHOLE_NUMBER = 5
const SAME_NUMBER = 0.75
const OTHER_NUMBER = 1.2
const OTHER_NAME = 2.4
const OTHER_GIVEN_NAME = 1.6
/** The family names of nine people in ten. */
const FAMILY_NAMES = new Set(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔施文牛樊葛邢安齐伍庞颜倪庄聂章鲁岳翟申欧耿关兰焦俞左柳甘祝包宁符舒阮柯纪梅童凌毕单裴霍成苗谷盛曲翁骆',
)

/** Lines that the other page does not have word for word. */
function withoutEqual(lines: readonly string[], others: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const line of others) counts.set(line, (counts.get(line) ?? 0) + 1)
  return lines.filter((line) => {
    const count = counts.get(line) ?? 0
    if (count > 0) counts.set(line, count - 1)
    return count === 0
  })
}

/** Lengths of the longest common subsequences of all beginnings, one row a character of `a`. */
function commonLengths(a: string, b: string): Uint16Array {
  const width = b.length + 1
  const lengths = new Uint16Array((a.length + 1) * width)
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      lengths[i * width + j] =
        a.charCodeAt(i - 1) === b.charCodeAt(j - 1)
          ? (lengths[(i - 1) * width + j - 1] ?? 0) + 1
          : Math.max(lengths[(i - 1) * width + j] ?? 0, lengths[i * width + j - 1] ?? 0)
    }
  }
  return lengths
}

interface Replaced {
  readonly a: string
  readonly b: string
  /** The character that both have before it. */
  readonly before: string
}

const isHan = (text: string) => /^\p{Script=Han}+$/u.test(text)

/** What it counts when a person's name, or the given name alone, is another; 0 when it is no name. */
function weightOfName({ a, b, before }: Replaced): number {
  if (a.length > 4 || b.length > 4 || !isHan(a) || !isHan(b)) return 0
  if (FAMILY_NAMES.has(a.charAt(0)) && FAMILY_NAMES.has(b.charAt(0))) return OTHER_NAME
  return FAMILY_NAMES.has(before) ? OTHER_GIVEN_NAME : 0
}

function weightOf(replaced: Replaced): number {
  const { a, b } = replaced
  if (a === '' || b === '') return 0
  const shorter = Math.min(a.length, b.length)
  const digits = /\d/.test(a) && /\d/.test(b)
  if (digits) return shorter === 1 ? ONE_DIGIT : 2 * ONE_DIGIT
  if (shorter === 1) return ONE_CHARACTER
  return Math.max(1, weightOfName(replaced))
}

interface Stretch {
  readonly startA: number
  readonly startB: number
  readonly length: number
}

/** What the two lines share, in stretches from the left. */
function sharedStretches(a: string, b: string, lengths: Uint16Array): readonly Stretch[] {
  const width = b.length + 1
  const stretches: Stretch[] = []
  let [i, j] = [a.length, b.length]
  while (i > 0 && j > 0) {
    if (a.charCodeAt(i - 1) === b.charCodeAt(j - 1)) {
      i -= 1
      j -= 1
      const after = stretches.at(-1)
      const joins = after?.startA === i + 1 && after.startB === j + 1
      const length = joins ? after.length + 1 : 1
      if (joins) stretches.pop()
      stretches.push({ startA: i, startB: j, length })
    } else if ((lengths[(i - 1) * width + j] ?? 0) >= (lengths[i * width + j - 1] ?? 0)) i -= 1
    else j -= 1
  }
  return stretches.reverse()
}

/** The places of a line where one text stands for another; one character that is alike within them is chance. */
function replacedPlaces(a: string, b: string, lengths: Uint16Array): readonly Replaced[] {
  const shared = sharedStretches(a, b, lengths)
  const end: Stretch = { startA: a.length, startB: b.length, length: 0 }
  const places: Replaced[] = []
  let [fromA, fromB] = [0, 0]
  shared.forEach((stretch, index) => {
    const next = shared[index + 1] ?? end
    const chance =
      stretch.length === 1 &&
      stretch.startA > fromA &&
      stretch.startB > fromB &&
      next.startA > stretch.startA + 1 &&
      next.startB > stretch.startB + 1
    if (chance) return
    places.push({
      a: a.slice(fromA, stretch.startA),
      b: b.slice(fromB, stretch.startB),
      before: a.charAt(fromA - 1),
    })
    fromA = stretch.startA + stretch.length
    fromB = stretch.startB + stretch.length
  })
  return [...places, { a: a.slice(fromA), b: b.slice(fromB), before: a.charAt(fromA - 1) }]
}

const weightOfPlaces = (a: string, b: string, lengths: Uint16Array) =>
  replacedPlaces(a, b, lengths).reduce((sum, place) => sum + weightOf(place), 0)

/** Whole numbers that another one replaced, each of the shorter list against the most similar of the other. */
function replacedNumbers(left: readonly string[], right: readonly string[]): number {
  const numbersOf = (lines: readonly string[]) =>
    lines.flatMap((line) => line.match(/\d+/g) ?? []).filter((digits) => digits.length >= WHOLE_NUMBER)
  const lists = [
    withoutEqual(numbersOf(left), numbersOf(right)),
    withoutEqual(numbersOf(right), numbersOf(left)),
  ]
  const [fewer = [], more = []] = lists.toSorted((a, b) => a.length - b.length)
  const unlike = fewer.filter((digits) =>
    more.every((other) => {
      const shared = commonLengths(digits, other).at(-1) ?? 0
      return shared / Math.min(digits.length, other.length) < SAME_NUMBER
    }),
  )
  return unlike.length
}

const isName = (line: string) => line.length <= 4 && isHan(line) && FAMILY_NAMES.has(line.charAt(0))

/** Lines that nothing on the other page resembles, as the cells of a form are: as many as both have. */
function replacedLines(left: readonly string[], right: readonly string[]): number {
  const words = (lines: readonly string[]) => lines.filter((line) => line.length > 1 && !/\d{3}/.test(line))
  const names = (lines: readonly string[]) => words(lines).filter(isName).length
  const rest = (lines: readonly string[]) => words(lines).length - names(lines)
  return OTHER_NAME * Math.min(names(left), names(right)) + Math.min(rest(left), rest(right))
}

/**
 * In how many places of two pages another text stands, misread characters counting for little. Text that one page
 * alone has, as under a cover or beyond an edge, counts for nothing.
 */
export function replacedTexts(paper: readonly string[], electronic: readonly string[]): number {
  const left = withoutEqual(paper, electronic).slice(0, MOST_LINES)
  const right = withoutEqual(electronic, paper).slice(0, MOST_LINES)
  const found = left.flatMap((a, i) =>
    right.flatMap((b, j) => {
      const lengths = commonLengths(a, b)
      const share = (lengths.at(-1) ?? 0) / Math.max(a.length, b.length)
      return share >= ONE_LINE ? [{ i, j, share, places: () => weightOfPlaces(a, b, lengths) }] : []
    }),
  )
  found.sort((a, b) => b.share - a.share)
  const usedLeft = new Set<number>()
  const usedRight = new Set<number>()
  let sum = 0
  for (const { i, j, places } of found) {
    if (usedLeft.has(i) || usedRight.has(j)) continue
    usedLeft.add(i)
    usedRight.add(j)
    sum += places()
  }
  // Two cells that one page gave as one line are no other text.
  const alone = (lines: readonly string[], used: ReadonlySet<number>, others: readonly string[]) =>
    lines.filter((line, index) => !used.has(index) && !others.some((other) => other.includes(line)))
  const lines = replacedLines(alone(left, usedLeft, electronic), alone(right, usedRight, paper))
  return sum + lines + OTHER_NUMBER * replacedNumbers(left, right)
}
