/** 不符类型 (domain.md §8): what may be wrong between a paper volume and its electronic copy. */
export const DIFFERENCE_TYPES = [
  'D01',
  'D02',
  'D03',
  'D04',
  'D05',
  'D06',
  'D07',
  'D08',
  'D09',
  'D10',
  'D11',
  'D12',
  'D13',
  'D14',
  'D15',
  'D16',
  'D17',
  'D18',
  'D19',
  'D20',
  'D21',
  'D22',
  'D23',
  'D24',
  'D25',
] as const
export type DifferenceType = (typeof DIFFERENCE_TYPES)[number]

export interface DifferenceTypeInfo {
  readonly zh: string
  readonly en: string
}

export const DIFFERENCE_TYPE_INFO: Readonly<Record<DifferenceType, DifferenceTypeInfo>> = {
  D01: { zh: '缺页、漏扫', en: 'Page missing' },
  D02: { zh: '多页、多扫', en: 'Page too many' },
  D03: { zh: '重扫', en: 'Scanned twice' },
  D04: { zh: '顺序错', en: 'Out of order' },
  D05: { zh: '倒置、正反颠倒', en: 'Upside down or sides swapped' },
  D06: { zh: '双面漏背面', en: 'Back side missing' },
  D07: { zh: '模糊、偏斜、截断、黑边', en: 'Blurred, skewed, cut or black edge' },
  D08: { zh: '色彩、分辨率不足', en: 'Colour or resolution insufficient' },
  D09: { zh: '串卷（他案材料）', en: 'Material of another case' },
  D10: { zh: '错卷别（副卷材料入正卷）', en: 'Wrong kind of volume' },
  D11: { zh: '目录题名错', en: 'Title in the catalogue wrong' },
  D12: { zh: '日期、文号、责任者错', en: 'Date, number or author wrong' },
  D13: { zh: '页次错', en: 'Page range wrong' },
  D14: { zh: '目录有文件无', en: 'In the catalogue, not in the file' },
  D15: { zh: '文件有目录无', en: 'In the file, not in the catalogue' },
  D16: { zh: '页数三方不符', en: 'Three page counts disagree' },
  D17: { zh: '封面信息不符', en: 'Cover disagrees' },
  D18: { zh: '扫描后加盖印章、批注、补签', en: 'Stamped, noted or signed after scanning' },
  D19: { zh: '版本不同', en: 'Another version of the document' },
  D20: { zh: '附件、光盘、证物袋未数字化', en: 'Enclosure not digitised' },
  D21: { zh: '折叠大幅、夹页未展开', en: 'Folded or inserted sheet not opened' },
  D22: { zh: '纸质缺失或破损', en: 'Paper missing or damaged' },
  D23: { zh: '纸质已抽出或借出', en: 'Paper taken out or lent' },
  D24: { zh: '电子损坏、摘要变化', en: 'Electronic copy damaged' },
  D25: { zh: '密级、权限标识不符', en: 'Secrecy or access mark disagrees' },
}

/** How a difference was found, the three ways of checking and by hand. */
export const FINDING_METHODS = ['catalogue', 'sheets', 'rescan', 'hand'] as const
export type FindingMethod = (typeof FINDING_METHODS)[number]

/** 发现环节: at which stage of the work it came to light. */
export const FINDING_STAGES = ['acceptance', 'filing', 'inspection', 'lending', 'transfer', 'other'] as const
export type FindingStage = (typeof FINDING_STAGES)[number]

/** 责任环节: the stage of digitising where it arose (DA/T 31-2017). */
export const ORIGIN_STAGES = [
  'preparation',
  'cataloguing',
  'scanning',
  'image-processing',
  'linking',
  'acceptance',
  'handling',
  'storage',
  'unknown',
] as const
export type OriginStage = (typeof ORIGIN_STAGES)[number]

/** 原因. */
export const DIFFERENCE_CAUSES = [
  'overlooked',
  'feeder',
  'wrong-settings',
  'bound-later',
  'changed-later',
  'catalogue-slip',
  'misfiled',
  'paper-condition',
  'file-damage',
  'by-design',
  'unknown',
] as const
export type DifferenceCause = (typeof DIFFERENCE_CAUSES)[number]
