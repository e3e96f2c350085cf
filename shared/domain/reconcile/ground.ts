import { z } from 'zod'
import { Place, placeWords } from './place.ts'

/**
 * On what the program found a difference, in codes: 处理依据 has it in Chinese, as the record, until a person writes
 * another; the screen says it in whichever language.
 */
export const Ground = z.discriminatedUnion('on', [
  z.object({ on: z.enum(['blank', 'other-page', 'red-ink']) }),
  z.object({ on: z.literal('same-as-page'), page: Place }),
  /** The place of the page in the scans of the paper, as the matching counted it. */
  z.object({ on: z.literal('same-as-paper'), paper: z.string() }),
  /** Degrees clockwise. */
  z.object({ on: z.literal('turn'), degrees: z.number().int() }),
  /** How sure the comparing is, 0 to 1. */
  z.object({ on: z.literal('compared'), strength: z.number() }),
  z.object({
    on: z.literal('coarse'),
    pages: z.number().int(),
    least: z.number().int(),
    most: z.number().int(),
    wanted: z.number().int(),
  }),
])
export type Ground = z.infer<typeof Ground>

type Language = 'zh' | 'en'

const percent = (share: number) => `${Math.round(share * 100)}%`

const PLAIN: Readonly<Record<'blank' | 'other-page' | 'red-ink', Readonly<Record<Language, string>>>> = {
  blank: { zh: '空白页', en: 'a blank page' },
  'other-page': { zh: '同一位置为另一页', en: 'another page stands in its place' },
  'red-ink': {
    zh: '纸质有红色印章或红头，影像非彩色',
    en: 'the paper bears a red stamp or head, and the image has no colour',
  },
}

/** A ground as people read it; in Chinese it is what 处理依据 says. */
export function groundWords(ground: Ground, language: Language): string {
  const zh = language === 'zh'
  switch (ground.on) {
    case 'blank':
    case 'other-page':
    case 'red-ink':
      return PLAIN[ground.on][language]
    case 'same-as-page': {
      const place = placeWords(ground.page, language)
      return zh ? `与${place}内容相同` : `the same as ${place}`
    }
    case 'same-as-paper':
      return zh ? `与纸质影像 ${ground.paper} 内容相同` : `the same as paper image ${ground.paper}`
    case 'turn':
      return zh ? `应再顺时针转 ${ground.degrees}°` : `to be turned another ${ground.degrees}° clockwise`
    case 'compared':
      return zh
        ? `图文比对，强度 ${percent(ground.strength)}`
        : `image and text compared, ${percent(ground.strength)} sure`
    case 'coarse': {
      const { pages, least, most, wanted } = ground
      const range = least === most ? `${least} dpi` : `${least} ${zh ? '至' : 'to'} ${most} dpi`
      const count = pages === 1 ? '' : zh ? `共 ${pages} 页，` : `${pages} pages, `
      return `${count}${range}${zh ? '，低于' : ', below'} ${wanted} dpi`
    }
  }
}
