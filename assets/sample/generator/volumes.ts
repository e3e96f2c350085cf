import type { CatalogueRow } from './documents/binder.ts'
import { facts } from './documents/facts.ts'
import { approvalForm, deliberation, judgmentDraft } from './documents/inner-volume.ts'
import { mainItems } from './main-items.ts'
import type { ItemPlan, VolumePlan } from './plan.ts'

const innerItems: readonly ItemPlan[] = [
  {
    title: '合议庭评议笔录',
    templateNo: 1,
    date: '2023-05-10',
    author: facts.court,
    remark: '',
    pages: deliberation(),
    format: 'jpeg',
  },
  {
    title: '法律文书审批表',
    templateNo: 2,
    date: '2023-05-22',
    author: facts.court,
    remark: '',
    pages: approvalForm(),
    format: 'jpeg',
  },
  {
    title: '民事判决书签发稿',
    templateNo: 3,
    date: '2023-05-22',
    author: facts.court,
    remark: '节录，有修改',
    pages: judgmentDraft(),
    format: 'jpeg',
  },
]

function mainNote(rows: readonly CatalogueRow[]): string {
  const pageOf = (title: string): string => rows.find((row) => row.title === title)?.first ?? ''
  return `第${pageOf('借条')}页借条为复印件，原件核对后退还原告。\n第${pageOf('送达地址确认书')}页字迹较淡，系原件如此。`
}

export const volumes: readonly VolumePlan[] = [
  { code: 'main', name: '正卷', items: mainItems, note: mainNote },
  { code: 'inner', name: '副卷', items: innerItems, note: null },
]
