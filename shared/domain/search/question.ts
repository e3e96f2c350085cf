/** Where something is found. */
export const SEARCH_FIELDS = [
  'number',
  'cause',
  'party',
  'handler',
  'date',
  'archive-number',
  'item',
  'page',
] as const

/** Where a part of a question is looked for; `year` and `volume-kind` narrow instead. */
export const QUESTION_FIELDS = [...SEARCH_FIELDS, 'year', 'volume-kind'] as const
export type QuestionField = (typeof QUESTION_FIELDS)[number]

export interface QuestionPart {
  readonly kind: 'words' | 'phrase' | 'beginning'
  readonly text: string
  readonly field: QuestionField | null
  readonly excluded: boolean
}

/** Every group must be found, or none of it where it is excluded; within a group any part will do. */
export type Question = readonly (readonly QuestionPart[])[]

/** What may stand before a colon; the first of a field is how it is printed. */
const FIELD_WORDS: Readonly<Record<QuestionField, readonly string[]>> = {
  number: ['案号', 'number', 'no'],
  cause: ['案由', 'cause'],
  party: ['当事人', '姓名', 'party', 'name'],
  handler: ['承办人', 'handler'],
  date: ['日期', 'date'],
  'archive-number': ['档号', 'archive'],
  item: ['题名', '文号', 'title', 'document'],
  page: ['页内', '内容', 'page', 'text'],
  year: ['年', '年度', 'year'],
  'volume-kind': ['卷别', 'volume'],
}
const FIELD_OF_WORD = new Map<string, QuestionField>(
  QUESTION_FIELDS.flatMap((field) => FIELD_WORDS[field].map((word) => [word, field] as const)),
)

const QUOTES = '"“”„‟「」『』＂'
const BLANK = /\s/u
const MINUS = '-－−'
const STARS = /[*＊]+$/u
const ANY_QUOTE = new RegExp(`[${QUOTES}]`, 'gu')

type Token =
  | { readonly type: 'word'; readonly text: string }
  | { readonly type: 'phrase'; readonly text: string }
  | { readonly type: 'minus' | 'or' }
  | { readonly type: 'field'; readonly field: QuestionField }

/** A field's word with its colon at the start of a word; undefined for any other colon. */
function fieldAt(word: string): { readonly field: QuestionField; readonly length: number } | undefined {
  const colon = /[:：]/u.exec(word)?.index
  if (colon === undefined) return undefined
  const field = FIELD_OF_WORD.get(word.slice(0, colon).normalize('NFKC').toLowerCase())
  return field === undefined ? undefined : { field, length: colon + 1 }
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  let atStart = true
  while (at < text.length) {
    const character = text.charAt(at)
    if (BLANK.test(character)) {
      at += 1
      atStart = true
    } else if (QUOTES.includes(character)) {
      let end = at + 1
      while (end < text.length && !QUOTES.includes(text.charAt(end))) end += 1
      tokens.push({ type: 'phrase', text: text.slice(at + 1, end) })
      at = end + 1
      atStart = true
    } else if (atStart && MINUS.includes(character)) {
      tokens.push({ type: 'minus' })
      at += 1
    } else {
      let end = at
      while (end < text.length && !BLANK.test(text.charAt(end)) && !QUOTES.includes(text.charAt(end)))
        end += 1
      const word = text.slice(at, end)
      const field = fieldAt(word)
      if (field !== undefined) {
        tokens.push({ type: 'field', field: field.field })
        at += field.length
        atStart = true
      } else {
        if (word === 'NOT' || word === '非') tokens.push({ type: 'minus' })
        else if (word === 'OR' || word === '或' || word === '|') tokens.push({ type: 'or' })
        else if (word !== 'AND' && word !== '且') tokens.push({ type: 'word', text: word })
        at = end
        atStart = false
      }
    }
  }
  return tokens
}

/** Whether anything in a text can be looked for. */
const hasLetters = (text: string): boolean => /[\p{L}\p{N}〇]/u.test(text)

const tidy = (text: string): string => text.replace(/\s+/gu, ' ').trim()

/** Reads what was typed. Never fails: what has no sense as an operator is left out or taken as a word. */
export function parseQuestion(text: string): Question {
  const groups: QuestionPart[][] = []
  let excluded = false
  let field: QuestionField | null = null
  let joins = false
  for (const token of tokensOf(text)) {
    if (token.type === 'minus') excluded = true
    else if (token.type === 'or') joins = true
    else if (token.type === 'field') field = token.field
    else if (token.type === 'word' || token.type === 'phrase') {
      const beginning = token.type === 'word' && STARS.test(token.text)
      const bare = tidy(beginning ? token.text.replace(STARS, '') : token.text)
      if (hasLetters(bare)) {
        const kind = token.type === 'phrase' ? 'phrase' : beginning ? 'beginning' : 'words'
        const part: QuestionPart = { kind, text: bare, field, excluded }
        const last = groups.at(-1)
        if (joins && !excluded && last?.[0]?.excluded === false) last.push(part)
        else groups.push([part])
      }
      excluded = false
      field = null
      joins = false
    }
  }
  return groups
}

/** How a field is named before its colon. */
export const fieldWord = (field: QuestionField): string => FIELD_WORDS[field][0] ?? field

function printPart({ kind, text, field, excluded }: QuestionPart): string {
  const quoted = kind === 'phrase' ? `"${text.replace(ANY_QUOTE, '')}"` : text
  const named = field === null ? quoted : `${fieldWord(field)}:${quoted}`
  return `${excluded ? '-' : ''}${named}${kind === 'beginning' ? '*' : ''}`
}

/** The question as one would type it; reading it again gives the same question. */
export function printQuestion(question: Question): string {
  return question.map((group) => group.map(printPart).join(' OR ')).join(' ')
}
