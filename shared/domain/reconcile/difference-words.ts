import type { DifferenceCause, FindingMethod, FindingStage, OriginStage } from './difference-type.ts'
import type { DifferenceState, Handling, Severity } from './handling.ts'

interface Words {
  readonly zh: string
  readonly en: string
}

const words = (zh: string, en: string): Words => ({ zh, en })

/** The register's choices in words, for printed forms and wherever both languages are wanted. */
export const HANDLING_WORDS: Readonly<Record<Handling, Words>> = {
  rescan: words('补扫', 'Scan what is missing'),
  replace: words('替换', 'Replace'),
  insert: words('插入', 'Insert'),
  reorder: words('调序', 'Put in order'),
  rotate: words('旋转', 'Turn'),
  remove: words('移除', 'Remove'),
  'move-volume': words('移卷', 'Move to another volume'),
  'edit-catalogue': words('改目录', 'Correct the catalogue'),
  'edit-note': words('改备考表', 'Correct the closing note'),
  'return-to-handler': words('退回承办', 'Return to the handler'),
  explanation: words('情况说明', 'Explain'),
  'add-paper': words('纸质补充', 'Complete the paper'),
  leave: words('不处理', 'Leave'),
}

export const SEVERITY_WORDS: Readonly<Record<Severity, Words>> = {
  slight: words('轻微', 'Slight'),
  ordinary: words('一般', 'Ordinary'),
  serious: words('严重', 'Serious'),
}

export const DIFFERENCE_STATE_WORDS: Readonly<Record<DifferenceState, Words>> = {
  found: words('待判定', 'Found'),
  judged: words('已判定', 'Judged'),
  handled: words('待复核', 'Handled'),
  closed: words('已结案', 'Closed'),
  dismissed: words('误报', 'Dismissed'),
}

export const CAUSE_WORDS: Readonly<Record<DifferenceCause, Words>> = {
  overlooked: words('漏看漏扫', 'Overlooked'),
  feeder: words('进纸器', 'Feeder'),
  'wrong-settings': words('扫描设置不当', 'Wrong settings'),
  'bound-later': words('扫描后补订', 'Bound in later'),
  'changed-later': words('扫描后改动', 'Changed later'),
  'catalogue-slip': words('著录笔误', 'Slip in cataloguing'),
  misfiled: words('误装', 'Misfiled'),
  'paper-condition': words('纸质状况', 'Condition of the paper'),
  'file-damage': words('电子文件损坏', 'Damaged file'),
  'by-design': words('按规定如此', 'As the rules want'),
  unknown: words('不明', 'Unknown'),
}

export const ORIGIN_STAGE_WORDS: Readonly<Record<OriginStage, Words>> = {
  preparation: words('前处理', 'Preparation'),
  cataloguing: words('目录建库', 'Cataloguing'),
  scanning: words('扫描', 'Scanning'),
  'image-processing': words('图像处理', 'Image processing'),
  linking: words('挂接', 'Linking'),
  acceptance: words('验收', 'Acceptance'),
  handling: words('承办', 'Handling of the case'),
  storage: words('保管', 'Storage'),
  unknown: words('不明', 'Unknown'),
}

export const FINDING_STAGE_WORDS: Readonly<Record<FindingStage, Words>> = {
  acceptance: words('验收', 'Acceptance'),
  filing: words('归档', 'Filing'),
  inspection: words('检查', 'Inspection'),
  lending: words('借阅', 'Lending'),
  transfer: words('移交', 'Transfer'),
  other: words('其他', 'Other'),
}

export const FINDING_METHOD_WORDS: Readonly<Record<FindingMethod, Words>> = {
  catalogue: words('目录核对', 'Catalogue against catalogue'),
  sheets: words('逐页核对', 'Sheet by sheet'),
  rescan: words('重扫比对', 'Fresh scan'),
  hand: words('人工登记', 'By hand'),
}
