import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ERROR_CODES } from '../../shared/errors.ts'

const locales = fileURLToPath(new URL('../../renderer/locales/', import.meta.url))
const LANGUAGES = ['zh-CN', 'en']

type Words = { readonly [key: string]: string | Words }

function wordsOf(language: string, file: string): Words {
  return JSON.parse(readFileSync(`${locales}${language}/${file}`, 'utf8'))
}

/** Every path to a text, with the places that details fill. */
function pathsOf(words: Words, before = ''): Map<string, string> {
  const paths = new Map<string, string>()
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === 'string') paths.set(before + key, value)
    else for (const [path, text] of pathsOf(value, `${before}${key}.`)) paths.set(path, text)
  }
  return paths
}

/** English tells one from many where Chinese does not: the forms of one text count as that text. */
const PLURAL_FORM = /_(?:one|other)$/
const textsOf = (paths: ReadonlyMap<string, string>) =>
  [...new Set([...paths.keys()].map((path) => path.replace(PLURAL_FORM, '')))].sort()

const placesIn = (text: string) => [...text.matchAll(/{{(\w+)}}/g)].map(([, name]) => name).sort()

describe('words for errors', () => {
  it.each(LANGUAGES)(
    'say what happened, what is safe and what to do next for every code (%s)',
    (language) => {
      const words = wordsOf(language, 'errors.json')
      for (const code of ERROR_CODES) {
        const { title, body, next } = (words[code] ?? {}) as Record<string, string>
        expect.soft([code, Boolean(title), Boolean(body), Boolean(next)]).toEqual([code, true, true, true])
      }
    },
  )

  it('name the same details in both languages', () => {
    const english = pathsOf(wordsOf('en', 'errors.json'))
    for (const [path, text] of pathsOf(wordsOf('zh-CN', 'errors.json'))) {
      expect.soft([path, placesIn(english.get(path) ?? '')]).toEqual([path, placesIn(text)])
    }
  })

  it.each(LANGUAGES)('hold no code that can no longer happen (%s)', (language) => {
    const codes: readonly string[] = ERROR_CODES
    expect(Object.keys(wordsOf(language, 'errors.json')).filter((code) => !codes.includes(code))).toEqual([])
  })
})

describe('the two languages', () => {
  const areas = readdirSync(`${locales}zh-CN`).sort()

  it('have the same areas', () => {
    expect(readdirSync(`${locales}en`).sort()).toEqual(areas)
  })

  it.each(areas)('say the same things in %s', (area) => {
    const chinese = pathsOf(wordsOf('zh-CN', area))
    const english = pathsOf(wordsOf('en', area))
    expect(textsOf(english)).toEqual(textsOf(chinese))
    const forms = [...english.keys()].filter((path) => PLURAL_FORM.test(path))
    for (const path of forms) {
      const text = path.replace(PLURAL_FORM, '')
      expect([english.has(`${text}_one`), english.has(`${text}_other`)], text).toEqual([true, true])
    }
    expect([...chinese].filter(([, text]) => text.trim() === '')).toEqual([])
    expect([...english].filter(([, text]) => text.trim() === '')).toEqual([])
  })
})
