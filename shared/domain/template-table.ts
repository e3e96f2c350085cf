import type { CatalogueTemplate, MaterialClass } from './catalogue-template.ts'
import { VOLUME_KIND_INFO } from './volume-kind.ts'

const MATERIAL_CLASS_TITLES: Readonly<Record<MaterialClass, string>> = {
  procedure: '程序材料',
  pleading: '诉辩材料',
  standing: '主体资格',
  evidence: '证据材料',
  inquiry: '调查取证',
  hearing: '庭审材料',
  measure: '保全与强制措施',
  mediation: '调解和解',
  ruling: '裁判文书',
  service: '送达材料',
  fee: '费用款物',
  appeal: '上诉与异议',
  enforcement: '执行材料',
  internal: '内部材料',
  other: '其他',
}

/** One line of the published five-column form: 案件类型, 卷, 二级目录, 约束, 材料类别, with the row number first. */
export interface TemplateTableLine {
  readonly 序号: number
  readonly 案件类型: string
  readonly 卷: string
  readonly 二级目录: string
  readonly 约束: '必有' | '可选'
  readonly 材料类别: string
}

/** The template in the published five-column form, for printing and for tables. */
export function templateTable(template: CatalogueTemplate): readonly TemplateTableLine[] {
  return template.rows.map((row) => ({
    序号: row.number,
    案件类型: template.caseType,
    卷: VOLUME_KIND_INFO[template.volumeKind].zh,
    二级目录: row.title,
    约束: row.constraint === 'required' ? '必有' : '可选',
    材料类别: MATERIAL_CLASS_TITLES[row.materialClass],
  }))
}
