interface Words {
  readonly zh: string
  readonly en: string
}

/** Why a judged difference gives no step by itself. */
export const UNPLANNED_REASONS = [
  'not-judged',
  'words-only',
  'in-plan',
  'no-paper-page',
  'no-page',
  'page-leaves',
  'place-unknown',
  'turn-unknown',
  'no-target-volume',
  'no-item',
  'value-unknown',
] as const
export type UnplannedReason = (typeof UNPLANNED_REASONS)[number]

export const UNPLANNED_REASON_INFO: Readonly<Record<UnplannedReason, Words>> = {
  'not-judged': { zh: '还没有判定', en: 'Not judged yet' },
  'words-only': { zh: '处理方式不改动卷宗', en: 'Its handling changes nothing in the volume' },
  'in-plan': { zh: '已在另一方案里', en: 'In another plan already' },
  'no-paper-page': {
    zh: '重扫里没有对应的纸质页，请先补扫',
    en: 'No page of the scan for it; scan it first',
  },
  'no-page': { zh: '没有指明电子页', en: 'It names no electronic page' },
  'page-leaves': { zh: '同一页另有移除或移卷', en: 'The page is removed or moved away by another step' },
  'place-unknown': { zh: '不知道应在哪一页之前', en: 'Where it belongs is not known' },
  'turn-unknown': { zh: '不知道应转多少度', en: 'How far to turn it is not known' },
  'no-target-volume': { zh: '本案没有可移入的副卷', en: 'The case has no restricted volume to move it to' },
  'no-item': { zh: '没有指明目录行', en: 'It names no catalogue row' },
  'value-unknown': { zh: '不知道目录应改成什么', en: 'What the catalogue should say is not known' },
}
