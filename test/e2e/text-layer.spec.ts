import { expect, type Page, test } from '@playwright/test'
import { plainText, quadOfCharacters } from '../../shared/domain/page-text.ts'
import {
  accessibilityFaults,
  callFrom,
  keepPicture,
  type Launched,
  launch,
  OFFICERS,
  signInAs,
} from './app.ts'
import { KEEPER, newReadRoom, type ReadRoom } from './read-room.ts'
import { goTo } from './sample-case.ts'

/** Stands on the receipt, and nowhere else. */
const NAME = '何出纳'

interface Share {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** The whole place is under what is drawn, and little else is. */
function covers(drawn: Share, place: Share): boolean {
  const beyond = [
    place.left - drawn.left,
    place.top - drawn.top,
    drawn.right - place.right,
    drawn.bottom - place.bottom,
  ]
  return beyond.every((part) => part > -0.002 && part < 0.025)
}

test.describe('the words over a page', () => {
  let juanku: Launched
  let page: Page
  let room: ReadRoom

  const shown = () => page.locator('.viewer-page[data-state="shown"]')
  const text = () => page.getByTestId('viewer-text')
  const selected = () => page.getByTestId('viewer-text-selected')
  const found = () => page.getByTestId('viewer-find-count')
  const bar = () => page.locator('.viewer-words')

  /** Where something stands on the shown page, in parts of the page. */
  const partOf = async (locator: ReturnType<typeof page.locator>): Promise<Share> => {
    const [of, box] = [await shown().first().boundingBox(), await locator.boundingBox()]
    if (of === null || box === null) throw new Error('not on the screen')
    return {
      left: (box.x - of.x) / of.width,
      top: (box.y - of.y) / of.height,
      right: (box.x + box.width - of.x) / of.width,
      bottom: (box.y + box.height - of.y) / of.height,
    }
  }
  const receipt = async () => {
    const third = (await callFrom(page, 'pages.list', { volumeId: room.mainVolumeId }))[2]
    if (third === undefined) throw new Error('no third page')
    return third
  }
  /** Where the page's text says that words stand, in parts of the page. */
  const placeOf = async (words: string): Promise<Share> => {
    const pages = await callFrom(page, 'pages.list', { volumeId: room.mainVolumeId })
    for (const { id: pageId, versionId } of pages) {
      const { text: known } = await callFrom(page, 'texts.page', { pageId, versionId })
      const line = known?.lines.find((one) => one.text.includes(words))
      if (known === null || line === undefined) continue
      const start = [...line.text.slice(0, line.text.indexOf(words))].length
      const quad = quadOfCharacters(line, start, start + [...words].length)
      const across = [quad[0], quad[2], quad[4], quad[6]].map((x) => x / known.widthPixels)
      const down = [quad[1], quad[3], quad[5], quad[7]].map((y) => y / known.heightPixels)
      return {
        ...{ left: Math.min(...across), right: Math.max(...across) },
        ...{ top: Math.min(...down), bottom: Math.max(...down) },
      }
    }
    throw new Error(`${words} was not read on any page`)
  }
  /** How dark a part of the page image is: the share of dark pixels. */
  const inkIn = (part: Share) =>
    page.evaluate(async (where) => {
      const image = document.querySelector<HTMLImageElement>(
        '.viewer-page[data-state="shown"] img.viewer-image',
      )
      if (image === null) throw new Error('no image')
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = image.naturalWidth
      canvas.height = image.naturalHeight
      const context = canvas.getContext('2d')
      if (context === null) throw new Error('no canvas')
      context.drawImage(image, 0, 0)
      const [width, height] = [canvas.width, canvas.height]
      const { data } = context.getImageData(
        ...([where.left * width, where.top * height] as const),
        ...([(where.right - where.left) * width, (where.bottom - where.top) * height] as const),
      )
      let dark = 0
      for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 120) dark += 1
      return dark / (data.length / 4)
    }, part)

  test.beforeAll(async () => {
    test.setTimeout(240_000)
    juanku = await launch()
    page = juanku.page
    room = await newReadRoom(juanku)
  })
  test.afterAll(async () => {
    await juanku.close()
  })
  test.beforeEach(async () => {
    await goTo(page, '/cases')
    await expect(page.locator('.viewer')).toHaveCount(0)
    await goTo(page, `/cases/${room.caseId}?volume=${room.mainVolumeId}`)
    await expect(shown()).toHaveCount(1)
  })

  test('a hit is drawn on the ink of the words, at every turn and zoom', async () => {
    const place = await placeOf(NAME)
    await page.keyboard.press('/')
    await page.keyboard.type(NAME)
    await expect(found()).toHaveText('共 1 项')
    await page.keyboard.press('Enter')
    await expect(found()).toHaveText('1 / 1')
    const hit = page.locator('.viewer-hit[data-current]')
    await expect(hit).toHaveCount(1)
    await expect(page.getByTestId('viewer-place')).toContainText('影像 3/4')
    await expect(shown()).toHaveCount(1)
    const drawn = await partOf(hit)
    expect(covers(drawn, place)).toBe(true)
    // Bare paper has none; a row of characters has a sixteenth and more.
    expect(await inkIn(drawn)).toBeGreaterThan(0.05)
    await keepPicture(page, 'viewer-hit')
    expect(await accessibilityFaults(page)).toEqual([])

    await page.keyboard.press('Escape')
    await page.keyboard.press('/')
    await page.keyboard.press('Enter')
    await page.getByTestId('viewer-stage').click({ position: { x: 4, y: 4 } })
    await page.keyboard.press('r')
    await expect
      .poll(async () => {
        // A quarter turn to the right: what was at the left is at the top.
        return covers(await partOf(hit), {
          ...{ left: 1 - place.bottom, right: 1 - place.top },
          ...{ top: place.left, bottom: place.right },
        })
      })
      .toBe(true)
    await page.keyboard.press('Shift+R')
    for (const _ of [1, 2, 3]) await page.keyboard.press('+')
    await expect.poll(async () => covers(await partOf(hit), place)).toBe(true)
  })

  test('steps from hit to hit over the pages and into the other volume, and back', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('现金')
    await expect(found()).toContainText(/共 \d+ 项/)
    const count = await page.locator('.viewer-find-hit').count()
    expect(count).toBeGreaterThan(1)
    await page.keyboard.press('Enter')
    await expect(found()).toHaveText(`1 / ${count}`)
    await page.getByTestId('viewer-stage').click({ position: { x: 4, y: 4 } })
    for (let step = 2; step <= count; step += 1) await page.keyboard.press(step % 2 === 0 ? 'n' : 'F3')
    await expect(found()).toHaveText(`${count} / ${count}`)
    await expect(page.getByTestId('viewer-place')).toContainText('影像 1/1')
    await expect(page.locator('.viewer-hit[data-current]')).not.toHaveCount(0)
    await keepPicture(page, 'viewer-find')
    await page.keyboard.press('Shift+N')
    await expect(found()).toHaveText(`${count - 1} / ${count}`)
    await page.keyboard.press('Escape')
    await expect(page.locator('.viewer-hit')).toHaveCount(0)
  })

  test('text is selected by mouse, and copied when the core has recorded it', async () => {
    const place = await placeOf(NAME)
    await goTo(page, `/cases/${room.caseId}?volume=${room.mainVolumeId}&page=${(await receipt()).id}`)
    await expect(page.getByTestId('viewer-place')).toContainText('影像 3/4')
    await page.keyboard.press('w')
    await page.keyboard.press('s')
    await expect(text()).toHaveCount(1)
    await expect(shown()).toHaveCount(1)
    const of = await shown().boundingBox()
    if (of === null) throw new Error('no page')
    const y = of.y + ((place.top + place.bottom) / 2) * of.height
    await page.mouse.move(of.x + place.left * of.width + 1, y)
    await page.mouse.down()
    await page.mouse.move(of.x + place.right * of.width - 1, y, { steps: 8 })
    await page.mouse.up()
    await expect(selected()).toHaveCount(1)
    await expect(bar()).toContainText(`已选 ${NAME.length} 个字`)
    await keepPicture(page, 'text-layer')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Control+c')
    await expect(page.getByText(`已复制 ${NAME.length} 个字`)).toBeVisible()
    expect(await juanku.app.evaluate(({ clipboard }) => clipboard.readText())).toBe(NAME)

    await page.keyboard.press('Control+a')
    await page.keyboard.press('Control+c')
    const { id: pageId, versionId } = await receipt()
    const { text: known } = await callFrom(page, 'texts.page', { pageId, versionId })
    await expect
      .poll(() => juanku.app.evaluate(({ clipboard }) => clipboard.readText()))
      .toBe(plainText(known?.lines ?? []))
    await page.keyboard.press('Escape')
    await expect(selected()).toHaveCount(0)
    await page.keyboard.press('s')
    await expect(text()).toHaveCount(0)

    await signInAs(juanku, OFFICERS.auditor)
    const { rows } = await callFrom(page, 'audit.list', { filter: { action: 'page.text-copied' } })
    expect(rows.map(({ result }) => result)).toEqual(['done', 'done'])
    expect(JSON.stringify(rows)).not.toContain(NAME)
    await signInAs(juanku, KEEPER)
  })
})
