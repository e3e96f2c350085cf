/** Characters that recognition takes for one another, each class written together; in lower case and NFKC. */
export const CONFUSION_CLASSES: readonly string[] = [
  '己已巳',
  '未末',
  '0o〇',
  '1li',
  '日曰',
  '土士',
  '人入八',
  '千干于',
  '大太犬',
  '王玉主',
  '天夭无',
  '木本术',
  '田由甲申',
  '刀力',
  '几九',
  '午牛',
  '乌鸟',
  '兔免',
  '戊戌戍成',
  '晴睛',
  '候侯',
  '拔拨',
  '辨辩辫',
  '贷货',
  '折拆',
  '住佳往',
  '今令',
  '析折',
  '栗粟',
  '陕峡',
  '洒酒',
  '徒徙',
  '杨扬',
  '汤扬',
  '孑子',
  '8b',
  '5s',
  '2z',
]

const others = new Map<string, Set<string>>()
for (const group of CONFUSION_CLASSES) {
  for (const character of group) {
    const known = others.get(character) ?? new Set<string>()
    for (const other of group) if (other !== character) known.add(other)
    others.set(character, known)
  }
}

/** How many characters of one word may be misread at once, and how many readings of a word are tried. */
const MOST_CHANGES = 2
export const MOST_READINGS = 48

/** The word itself and what it may have been read as: up to two characters changed, the likeliest first. */
export function misreadings(word: string): readonly string[] {
  const characters = Array.from(word.normalize('NFKC').toLowerCase())
  const found = new Set([characters.join('')])
  let last: readonly (readonly string[])[] = [characters]
  for (let change = 0; change < MOST_CHANGES; change++) {
    const next: string[][] = []
    for (const known of last) {
      known.forEach((character, place) => {
        if (character !== characters[place]) return
        for (const other of others.get(character) ?? []) {
          if (found.size >= MOST_READINGS) return
          const made = [...known]
          made[place] = other
          const text = made.join('')
          if (found.has(text)) continue
          found.add(text)
          next.push(made)
        }
      })
    }
    last = next
  }
  return [...found]
}
