import { type TermRow, WORK_TERMS } from './glossary-work.ts'

/** A term of the field: the id is the name in code and never changes; the words are what people read. */
export interface Term {
  readonly id: string
  readonly zh: string
  readonly en: string
  /** One line on what it means here, in English. */
  readonly meaning: string
}

/** id · 中文 · English · meaning. Levels, papers and numbers (domain rules of 案号, 卷宗, 档号 and 期限). */
const STRUCTURE_TERMS = [
  ['case', '案件', 'case', 'One matter with one case number; holds volumes.'],
  ['volume', '卷', 'volume', 'A part of a case filed on its own, such as 正卷; holds books.'],
  ['book', '册', 'book', 'One bound piece of a volume: 第x册 共y册; holds items.'],
  ['item', '件', 'item', 'One document: one row of the catalogue, with a first and a last page.'],
  ['page', '页', 'page', 'One printed side of paper, shown as one image.'],
  [
    'pageVersion',
    '页版本',
    'page version',
    'One image of a page; a better one is added, none is overwritten.',
  ],
  ['sheet', '张', 'sheet', 'One piece of paper with a side A and a side B.'],
  ['side', '面', 'side', 'Front (A) or back (B) of a sheet.'],
  [
    'printedNumber',
    '页码',
    'printed number',
    'The number written on paper, kept as text; not the place of the image.',
  ],
  ['pageRange', '页次', 'page range', 'First and last printed number of an item in the catalogue.'],
  ['caseFile', '卷宗', 'case file', 'All volumes of a case, on paper or electronic.'],
  [
    'electronicCaseFile',
    '电子卷宗',
    'electronic case file',
    'The images and data that stand beside the paper.',
  ],
  ['fonds', '全宗', 'fonds', 'All records of one institution; its number leads every archive number.'],
  ['fileUnit', '案卷', 'file', 'What one archive number by volume names.'],
  ['mainVolume', '正卷', 'main volume', 'The part of a court file that parties and lawyers may read.'],
  ['subVolume', '副卷', 'sub-volume', 'Deliberation and approval papers; restricted.'],
  [
    'procuratorateVolume',
    '检察卷',
    'procuratorate volume',
    'The procuratorate file that goes with the case.',
  ],
  [
    'procuratorateInternalVolume',
    '检察内卷',
    'internal procuratorate volume',
    'Internal papers of a procuratorate; restricted.',
  ],
  [
    'investigationVolume',
    '侦查卷',
    'investigation volume',
    'The file received from the investigating organ.',
  ],
  ['lawFirmVolume', '律师卷', 'law firm file', 'The single volume of a law firm.'],
  ['jointVolume', '综合卷', 'joint volume', 'Papers common to all persons of a joint case.'],
  ['separateVolume', '分卷', 'separate volume', 'Papers of one person of a joint case.'],
  ['cover', '封面', 'cover', 'First board of a book, with the fields of the case; unnumbered.'],
  ['spine', '脊背', 'spine', 'The printed back edge of a book.'],
  ['catalogue', '卷内目录', 'catalogue', 'The list of items of a book, before the content; unnumbered.'],
  ['catalogueRow', '目录条目', 'catalogue row', 'One line of the catalogue.'],
  ['catalogueTemplate', '目录模板', 'catalogue template', 'The rows expected for a type of case, in order.'],
  [
    'closingNote',
    '备考表',
    'closing note',
    'What is missing, mended or added in a book; unnumbered, with dated entries.',
  ],
  ['backBoard', '卷底', 'back board', 'Last board of a book; unnumbered.'],
  ['evidenceBag', '证物袋', 'evidence bag', 'Small objects kept in a book; unnumbered.'],
  ['attachment', '附件', 'attachment', 'What belongs to an item but is not bound as pages.'],
  ['blankSide', '空白面', 'blank side', 'A side without content; unnumbered.'],
  ['contentSide', '正文', 'content side', 'A side with content; carries a number.'],
  ['title', '题名', 'title', 'The name of an item.'],
  ['documentNumber', '文号', 'document number', 'The number that the issuer gave a document.'],
  ['responsible', '责任者', 'responsible party', 'Who issued the document.'],
  ['remark', '备注', 'remark', 'A note in the catalogue, such as copy or fax.'],
  ['sequence', '顺序号', 'sequence', 'The place of a row, counted from 1.'],
  ['caseNumber', '案号', 'case number', 'Year, court, type and counter: （2023）京0105民初123号.'],
  ['courtCode', '法院代字', 'court code', 'The characters and digits that stand for a court.'],
  [
    'specialCourtMark',
    '专门审判代字',
    'special court mark',
    'One character for a special court, such as 知.',
  ],
  ['caseType', '类型代字', 'case type', 'The characters that stand for a type, such as 民初.'],
  ['counter', '编号', 'counter', 'The number in order of receipt.'],
  ['numberScheme', '编号方案', 'number scheme', 'A way of numbering: how it reads and prints.'],
  ['legacyCaseNumber', '旧式案号', 'legacy case number', 'The form with 字第, used before 2016.'],
  [
    'procuratorateDocumentNumber',
    '检察文书文号',
    'procuratorate document number',
    '长检一部刑诉〔2020〕64号.',
  ],
  [
    'procuratorateIntakeNumber',
    '部门受案号',
    'procuratorate intake number',
    '密检起诉受〔2016〕37078500026号.',
  ],
  [
    'unifiedIntakeNumber',
    '统一受案号',
    'unified intake number',
    'Seventeen digits that follow a case through the procuratorate.',
  ],
  [
    'linkedCase',
    '关联案件',
    'linked case',
    'First instance, appeal, retrial or enforcement of the same matter.',
  ],
  ['archiveNumber', '档号', 'archive number', 'The lasting name of a volume or item in the archive.'],
  [
    'categoryNumber',
    '类别号',
    'category number',
    'The middle part of an archive number, with · between its parts.',
  ],
  [
    'catalogueNumber',
    '目录号',
    'catalogue number',
    'The second part of an archive number of the 1994 style.',
  ],
  ['causeOfAction', '案由', 'cause of action', 'What the case is about.'],
  ['instance', '审级', 'instance', 'First instance, second instance, retrial.'],
  ['party', '当事人', 'party', 'Who stands in the case, with a role.'],
  ['plaintiff', '原告', 'plaintiff', 'Who sues.'],
  ['defendant', '被告', 'defendant', 'Who is sued.'],
  ['thirdParty', '第三人', 'third party', 'Who joins with an interest of their own.'],
  ['appellant', '上诉人', 'appellant', 'Who appeals.'],
  ['appellee', '被上诉人', 'appellee', 'Against whom is appealed.'],
  ['applicant', '申请人', 'applicant', 'Who applies; in enforcement 申请执行人.'],
  ['respondent', '被申请人', 'respondent', 'Against whom is applied; in enforcement 被执行人.'],
  ['prosecution', '公诉机关', 'prosecuting organ', 'The procuratorate that brings the charge.'],
  ['accused', '被告人', 'accused', 'Who is charged.'],
  ['presidingJudge', '审判长', 'presiding judge', 'Who presides over the panel.'],
  ['collegialPanel', '合议庭', 'collegial panel', 'The judges who decide together.'],
  ['acceptedOn', '收案日期', 'date accepted', 'The day the case was accepted.'],
  ['closedOn', '结案日期', 'date closed', 'The day the case was closed.'],
  [
    'filing',
    '归档',
    'filing',
    'Locking a volume and handing it to the archive; later changes make new versions.',
  ],
  ['filedOn', '归档日期', 'date filed', 'The day of filing.'],
  ['outcome', '审理结果', 'outcome', 'How the case ended.'],
  ['retention', '保管期限', 'retention period', 'How long a case is kept: permanent or a number of years.'],
  ['permanent', '永久', 'permanent', 'Kept for ever.'],
  ['hold', '冻结', 'hold', 'Blocks disposal while a retrial, complaint or inquiry runs.'],
  ['appraisal', '鉴定', 'appraisal', 'Judging whether a case whose term is over may go.'],
  ['disposal', '销毁', 'disposal', 'Destroying after appraisal and approval; the only deletion there is.'],
  ['disposalWitness', '监销人', 'disposal witness', 'One of two people who check and sign a disposal.'],
  ['secrecyLevel', '密级', 'secrecy level', '公开 to 绝密; from 秘密 up no image is held.'],
  ['secrecyTerm', '保密期限', 'secrecy term', 'Years for which a level holds.'],
  ['closedHearing', '不公开审理', 'closed hearing', 'A hearing without public.'],
  ['sealedJuvenileRecord', '未成年人封存', 'sealed juvenile record', 'A record that must not be shown.'],
  ['borrowing', '借阅', 'borrowing', 'Reading, copying or lending with a slip and an end date.'],
  ['borrowingSlip', '阅卷单', 'reading slip', 'The slip that a reader fills in.'],
  ['return', '归还', 'return', 'Giving a volume back, with its pages counted.'],
] as const satisfies readonly TermRow[]

/** The only place that pairs the Chinese and the English terms of the field. */
export const GLOSSARY: readonly Term[] = [...STRUCTURE_TERMS, ...WORK_TERMS].map(([id, zh, en, meaning]) => ({
  id,
  zh,
  en,
  meaning,
}))

export type TermId = (typeof STRUCTURE_TERMS)[number][0] | (typeof WORK_TERMS)[number][0]

const byId = new Map(GLOSSARY.map((each) => [each.id, each]))

/** The term of an id. Throws RangeError for an id that the glossary lacks, which types already forbid. */
export function term(id: TermId): Term {
  const found = byId.get(id)
  if (found === undefined) throw new RangeError(id)
  return found
}
