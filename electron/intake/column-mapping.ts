import type { ColumnMapping } from '../../shared/contract/intake.ts'

export type TableField = keyof ColumnMapping

/** How the columns of a catalogue are headed: 卷内目录 of the courts, GB/T 9705, and exports of office systems. */
const HEADINGS: readonly (readonly [TableField, RegExp])[] = [
  [
    'firstPage',
    /^(?:起始?|开始|首)(?:页[码号次数]?)$|^页[码号次](?:起始?|自|从)$|^(?:起页|首页|firstpage|startpage|from)$/,
  ],
  [
    'lastPage',
    /^(?:止|终止?|结束|末|截止)(?:页[码号次数]?)$|^页[码号次](?:终?止|至|迄)$|^(?:lastpage|endpage|to)$/,
  ],
  ['pageRange', /^(?:页[次码号]|起止页[码号次]?|页[码号次](?:范围|起止)|所在页[码号次]?|pages?|pagerange)$/],
  ['order', /^(?:序号|顺序号|件号|排列号|no\.?|order|sequence|seq)$/],
  [
    'title',
    /^(?:题名|标题|(?:诉讼)?(?:文书|文件|材料|文书材料|卷内文件)(?:名称|题名|标题)?|名称|title|name|document)$/,
  ],
  ['date', /^(?:日期|时间|(?:文件|文书|形成|成文|制作|材料)(?:日期|时间)|date)$/],
  [
    'documentNumber',
    /^(?:文号|字号|文件[编字]?号|文书[编字]?号|发文(?:字?号)|documentnumber|documentno\.?)$/,
  ],
  [
    'responsible',
    /^(?:责任者|责任人|作者|制作人|形成者|(?:形成|制作|发文)(?:单位|机关)|responsible|author)$/,
  ],
  ['remark', /^(?:备注|附注|说明|备考|remarks?|notes?)$/],
  ['volumeKind', /^(?:卷别|卷类|卷种|卷宗类[别型]|正副卷|volume|volumekind)$/],
  ['book', /^(?:册|册号|册次|册数|分册|卷册|所在册|book)$/],
]

function normalise(heading: string): string {
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^)]*\)/gu, '')
    .replace(/[\s*:_-]+/gu, '')
}

function fieldOf(heading: string): TableField | undefined {
  const plain = normalise(heading)
  return HEADINGS.find(([, pattern]) => pattern.test(plain))?.[0]
}

/** How many different fields the cells of a row name: tells a heading row from a title above it. */
export function recognisedColumns(cells: readonly string[]): number {
  return new Set(cells.map(fieldOf).filter((field) => field !== undefined)).size
}

/**
 * Which column means what, judged by its heading; null when none can be the title. The first of two columns that
 * mean the same is taken.
 */
export function proposeColumnMapping(headers: readonly string[]): ColumnMapping | null {
  const found: Partial<Record<TableField, string>> = {}
  for (const header of headers) {
    const field = fieldOf(header)
    if (field !== undefined) found[field] ??= header
  }
  const { title, ...others } = found
  return title === undefined ? null : { title, ...others }
}
