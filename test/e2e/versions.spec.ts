import { expect, test } from '@playwright/test'
import { accessibilityFaults, callFrom, keepPicture, launch, PASSWORD } from './app.ts'
import { goTo, importScans, newRoom } from './sample-case.ts'
import { giveSecondVersion } from './second-version.ts'

test('an older version of a page is shown under a band that says so, until Escape', async () => {
  const juanku = await launch()
  const { page } = juanku
  try {
    const room = await newRoom(juanku)
    await importScans(page, room)
    const pages = await callFrom(page, 'pages.list', { volumeId: room.mainVolumeId })
    const signIn = { accountName: 'wangmin', password: PASSWORD }
    await callFrom(page, 'session.signOut', {})
    await giveSecondVersion({
      vault: room.vault,
      ...signIn,
      pageId: pages[2]?.id ?? '',
      likePageId: pages[4]?.id ?? '',
    })
    await callFrom(page, 'session.signIn', { folder: room.vault, ...signIn })
    await page.reload()
    await goTo(page, `/cases/${room.caseId}?volume=${room.mainVolumeId}&page=${pages[2]?.id}`)
    const band = page.locator('.viewer-older')
    const place = page.getByTestId('viewer-place')
    await expect(place).toContainText('影像 3/38')
    await expect(band).toHaveCount(0)
    await page.getByRole('button', { name: '查看 版本 1' }).click()
    await expect(band).toContainText('正在查看旧版本 1（当前为版本 2）')
    await expect(page.locator('.viewer-page[data-state="shown"]')).toHaveCount(1)
    await keepPicture(page, 'older-version')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect(band).toHaveCount(0)
    await expect(place).toContainText('影像 3/38')
    await page.getByRole('button', { name: '查看 版本 1' }).click()
    await expect(band).toBeVisible()
    await page.getByTestId('viewer-stage').click()
    await page.keyboard.press('ArrowRight')
    await expect(band).toHaveCount(0)
    await page.keyboard.press('ArrowLeft')
    await expect(place).toContainText('影像 3/38')
    await expect(band).toHaveCount(0)
  } finally {
    await juanku.close()
  }
})
