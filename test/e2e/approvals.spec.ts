import { expect, test } from '@playwright/test'
import { accessibilityFaults, callFrom, keepPicture, launch, openRoom, signInAs } from './app.ts'
import { ARCHIVIST, assignCase, signInStaff, staff } from './people.ts'

const NUMBER = '（2026）云0199民初12号'

test('a filed case changes only when three people have had their say', async () => {
  const launched = await launch()
  const { page } = launched
  await openRoom(launched)
  const ids = await staff(launched)
  const tree = await callFrom(page, 'cases.create', {
    draft: {
      number: NUMBER,
      cause: '民间借贷纠纷',
      parties: [
        { role: 'plaintiff', name: '王小样（13812345678）' },
        { role: 'defendant', name: '李样本' },
      ],
    },
  })
  const caseId = tree.case.id
  const volume = tree.volumes[0]
  const item = await callFrom(page, 'items.create', {
    volumeId: volume?.id ?? '',
    bookId: volume?.books[0]?.id ?? '',
    draft: { title: '民事起诉状' },
  })
  await assignCase(launched, caseId, ids)
  const openCase = () =>
    page.evaluate(
      ([id, chosen]) => {
        location.hash = `#/cases/${id}?item=${chosen}`
      },
      [caseId, item.id],
    )

  // The archivist files the case, and sees a hidden number only after saying why.
  await openCase()
  await expect(page.locator('.case-header')).toContainText('王小样（138****5678）')
  await page.getByRole('button', { name: '显示被遮盖的内容' }).click()
  await page.getByLabel('查看的原因').fill('电话送达')
  await page.getByRole('dialog').getByRole('button', { name: /^显示/ }).click()
  await expect(page.locator('.case-header')).toContainText('13812345678')
  await page.getByRole('button', { name: '归档', exact: true }).click()
  await keepPicture(page, 'approvals-filing')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: '归 档' })
    .or(page.getByRole('dialog').getByRole('button', { name: '归档' }))
    .click()
  await expect(page.getByText('已归档：修改需审批')).toBeVisible()

  // The clerk asks for a change out of the same form.
  await signInStaff(launched, 'clerk')
  await openCase()
  await expect(page.getByText('已归档：修改需审批')).toBeVisible()
  await expect(page.getByRole('button', { name: '归档', exact: true })).toHaveCount(0)
  await page.locator('.case-item-head').getByRole('button', { name: '申请修改' }).click()
  await page.getByLabel('题名').fill('民事起诉状（更正）')
  await page
    .locator('.case-item-form')
    .getByRole('button', { name: /申请修改/ })
    .click()
  await page.getByLabel('为什么要改').fill('题名与纸质不符')
  await keepPicture(page, 'approvals-request')
  await page.getByRole('button', { name: /提交申请/ }).click()
  await expect(page.getByText('申请已提交，等待审批。')).toBeVisible()
  await expect(page.locator('.case-item-head')).toContainText('民事起诉状')

  // The handler approves what stands there before and after.
  await signInStaff(launched, 'handler')
  await expect(page.locator('.rail-count')).toContainText('1')
  await page.getByRole('link', { name: /审批/ }).click()
  await expect(page.locator('.approval-changes del')).toHaveText('民事起诉状')
  await expect(page.locator('.approval-changes ins')).toHaveText('民事起诉状（更正）')
  expect(await accessibilityFaults(page)).toEqual([])
  await keepPicture(page, 'approvals-decide')
  await page
    .getByRole('button', { name: '批准', exact: true })
    .or(page.getByRole('button', { name: '批 准' }))
    .first()
    .click()
  await page.getByRole('dialog').getByRole('button', { name: /批准/ }).click()
  await expect(page.getByText('没有等您审批的申请')).toBeVisible()

  // The archivist carries it out, and another person checks it.
  await signInAs(launched, ARCHIVIST)
  await page.getByRole('link', { name: /审批/ }).click()
  await expect(page.getByText('已批准，待执行').first()).toBeVisible()
  await page.locator('.approval-actions').getByRole('button').first().click()
  await expect(page.getByText('没有等您执行的申请')).toBeVisible()
  await signInStaff(launched, 'checker')
  await page.getByRole('link', { name: /审批/ }).click()
  await page.getByRole('button', { name: '复核通过' }).click()
  await page.getByLabel(/意见/).fill('与纸质一致')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /复核通过/ })
    .click()
  await page.getByText('全部', { exact: true }).click()
  await expect(page.locator('.approval-steps')).toContainText('与纸质一致')
  expect(await accessibilityFaults(page)).toEqual([])
  await keepPicture(page, 'approvals-checked')
  await openCase()
  await expect(page.locator('.case-item-head')).toContainText('民事起诉状（更正）')
  expect(launched.complaints).toEqual([])
  await launched.close()
})
