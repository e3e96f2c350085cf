import { z } from 'zod'

/** An image by its place, with the number that is printed on the page; several in a row where `last` is given. */
const Image = z.object({
  /** Number of the book; null where the volume has only one. */
  book: z.number().int().nullable(),
  image: z.number().int(),
  printed: z.string(),
  last: z.object({ image: z.number().int(), printed: z.string() }).optional(),
})
const Page = Image.extend({ at: z.literal('page') })
const Scan = Image.extend({ at: z.literal('scan') })
const Standing = z.discriminatedUnion('at', [Page, Scan])

/**
 * Where on one side a difference is, in codes: the words are made where they are read, in whichever language. `missing`
 * and `none`: it is not on that side, and would stand behind another page (null: first of all).
 */
export const Place = z.discriminatedUnion('at', [
  Page,
  Scan,
  z.object({ at: z.literal('missing'), after: Standing.nullable() }),
  z.object({ at: z.literal('none'), after: Standing.nullable() }),
  z.object({ at: z.literal('printed'), number: z.string() }),
  z.object({ at: z.literal('catalogue-row'), row: z.number().int() }),
  z.object({ at: z.literal('item'), number: z.number().int() }),
  z.object({
    at: z.enum(['cover', 'case', 'catalogue', 'electronic-catalogue', 'lists', 'images']),
  }),
  /** As a person wrote it. */
  z.object({ at: z.literal('words'), words: z.string() }),
])
export type Place = z.infer<typeof Place>
export type StandingPlace = z.infer<typeof Standing>

/** As the register keeps it: one line of text; what a person wrote stays as it is. */
export function writePlace(place: Place | string): string {
  if (typeof place === 'string') return place
  return place.at === 'words' ? place.words : JSON.stringify(place)
}

/** Anything that is no code is what a person wrote. */
export function readPlace(kept: string): Place {
  if (!kept.startsWith('{')) return { at: 'words', words: kept }
  try {
    const read = Place.safeParse(JSON.parse(kept))
    if (read.success) return read.data
  } catch {
    // Somebody wrote a brace.
  }
  return { at: 'words', words: kept }
}

type Language = 'zh' | 'en'

const LISTS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  cover: { zh: '封面', en: 'cover' },
  case: { zh: '案件信息', en: 'case' },
  catalogue: { zh: '卷内目录', en: 'paper catalogue' },
  'electronic-catalogue': { zh: '电子目录', en: 'electronic catalogue' },
  lists: { zh: '备考表、卷内目录', en: 'closing note and catalogue' },
  images: { zh: '影像', en: 'images' },
}

function imageWords({ at, book, image, last }: StandingPlace, language: Language): string {
  const images = last === undefined ? `${image}` : `${image}–${last.image}`
  if (language === 'zh')
    return `${book === null ? '' : `第 ${book} 册`}${at === 'scan' ? '纸质影像' : '影像'} ${images}`
  const kind = at === 'scan' ? 'paper scan' : 'image'
  return `${book === null ? '' : `book ${book}, `}${kind} ${images}`
}

function standingWords(place: StandingPlace, language: Language): string {
  const image = imageWords(place, language)
  const { printed, last } = place
  if (printed === '') return image
  const numbers = last === undefined || last.printed === '' ? printed : `${printed}–${last.printed}`
  if (language === 'en') return `${last === undefined ? 'p.' : 'pp.'} ${numbers} (${image})`
  return `${place.at === 'scan' ? '纸质' : ''}第 ${numbers} 页（${image}）`
}

/** A place in words: 第 12 页（影像 14）; p. 12 (image 14). */
export function placeWords(place: Place, language: Language): string {
  const zh = language === 'zh'
  switch (place.at) {
    case 'page':
    case 'scan':
      return standingWords(place, language)
    case 'missing':
    case 'none': {
      const { at, after } = place
      const gone = at === 'missing' ? (zh ? '缺' : 'missing') : zh ? '无' : 'none'
      if (after === null) return zh ? `${gone}，应在卷首` : `${gone}, would be first`
      const words = standingWords(after, language)
      return zh ? `${gone}，应在${words}之后` : `${gone}, would follow ${words}`
    }
    case 'printed':
      return zh ? `第 ${place.number} 页` : `p. ${place.number}`
    case 'catalogue-row':
      return zh ? `卷内目录第 ${place.row} 行` : `paper catalogue, row ${place.row}`
    case 'item':
      return zh ? `电子目录第 ${place.number} 件` : `electronic catalogue, item ${place.number}`
    case 'words':
      return place.words
    default:
      return LISTS[place.at]?.[language] ?? ''
  }
}
