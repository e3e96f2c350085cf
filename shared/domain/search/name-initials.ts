/** Characters that stand first under their letter in the order of pinyin. */
const FIRST_CHARACTERS = '阿八嚓哒蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝'
const LETTERS = 'abcdefghjklmnopqrstwxyz'
const byPinyin = new Intl.Collator('zh-u-co-pinyin')

/** Surnames that are read otherwise than the character mostly is; both readings find the name. */
const SURNAME_READINGS: Readonly<Record<string, string>> = {
  单: 's',
  曾: 'z',
  仇: 'q',
  解: 'x',
  查: 'z',
  区: 'o',
  朴: 'p',
  翟: 'z',
  乐: 'y',
  尉: 'y',
  召: 's',
  盖: 'g',
  缪: 'm',
  万: 'm',
  折: 's',
  员: 'y',
  洗: 'x',
  覃: 'q',
  谌: 's',
  长: 'z',
  重: 'c',
  行: 'x',
  宓: 'f',
  种: 'c',
  黑: 'h',
  秘: 'b',
  繁: 'p',
  逄: 'p',
  晟: 'c',
  冼: 'x',
  那: 'n',
  牟: 'm',
  能: 'n',
  贾: 'j',
  阚: 'k',
  隗: 'k',
  郇: 'x',
  褚: 'c',
  令: 'l',
}

const letters = new Map<string, string>()

/** The first letter of a character's pinyin; empty for what is no common Chinese character. */
export function pinyinLetter(character: string): string {
  const known = letters.get(character)
  if (known !== undefined) return known
  let found = ''
  if (/^[\u4e00-\u9fff]$/u.test(character)) {
    for (let place = 0; place < LETTERS.length; place++)
      if (byPinyin.compare(character, FIRST_CHARACTERS.charAt(place)) >= 0) found = LETTERS.charAt(place)
  }
  letters.set(character, found)
  return found
}

/** Initials of a name by its most common reading, and by that of a surname; 张三 gives zs. Lower case. */
export function nameInitials(name: string): readonly string[] {
  const characters = Array.from(name.normalize('NFKC')).filter((character) => pinyinLetter(character) !== '')
  const [first = '', ...others] = characters
  if (others.length === 0) return []
  const rest = others.map(pinyinLetter).join('')
  const readings = new Set([pinyinLetter(first), SURNAME_READINGS[first] ?? pinyinLetter(first)])
  return [...readings].map((letter) => letter + rest)
}

/** What initials are found by: themselves and their beginnings of two letters and more. */
export function initialTokens(name: string): readonly string[] {
  return nameInitials(name).flatMap((initials) =>
    Array.from({ length: Math.min(initials.length, 12) - 1 }, (_, place) => initials.slice(0, place + 2)),
  )
}
