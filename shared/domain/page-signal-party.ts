import { flowOf } from './page-signal-case.ts'
import type { PageReading } from './page-text.ts'
import { inThousandths, type PartySignal } from './signal.ts'
import { placeOfWords, type UprightLine } from './upright-line.ts'

const ROLES =
  '反诉被告|反诉原告|附带民事诉讼原告人|附带民事诉讼被告人|被上诉人|上诉人|再审申请人|被申请人|申请执行人|被执行人|异议人|复议申请人|申请人|第三人|原审被告人|原审被告|原审原告|原告人|原告|被告人|被告|犯罪嫌疑人|罪犯|自诉人|答辩人|被答辩人|申诉人|债权人|债务人'
const PARTY_HEAD = new RegExp(
  `^(?<role>${ROLES})(?:[（(][^（()）]{1,20}[)）])?(?:[:：]\\s*(?<named>[^，,。；;（(：:]{2,60})|(?<plain>[\\p{Script=Han}·]{2,30}(?=，(?:男|女|住所|住|法定代表人|统一社会))))`,
  'u',
)
const PERSON = /^[\p{Script=Han}·]{2,12}$/u
const BODY =
  /(?:公司|银行|[支分]行|厂|店|中心|合作社|委员会|大学|学校|医院|事务所|局|政府|集团|基金会|协会|经营部|工作室|合伙企业)$/u
/** Words that stand where a name could, and are none. */
const NO_NAME =
  /^(?:诉讼|签名|盖章|姓名|名称|住址|住所地?|电话|意见|认为|提交|提供|出示|对|称|陈述|答|问|无|同上|我|你|以上|代理人|委托|身份|地位|方|与|的|诉|是|在|向|应|已|未|不)|(?:你|我|们|吗|了|的|书|状)$/u

/** Names in what stands after a party's word: 甲、乙 are two. */
export function namesOfParty(text: string): readonly string[] {
  return text
    .split(/[、/]|(?<=\p{Script=Han}) (?=\p{Script=Han})/u)
    .map((name) => name.replace(/\s/gu, ''))
    .filter((name) => (BODY.test(name) || PERSON.test(name)) && !NO_NAME.test(name) && [...name].length >= 2)
}

/** 原告甲与被告乙: the name between the two words is whole; that after the second is not told from what follows. */
const BETWEEN =
  /(?<role>原告|申请执行人|申请人|上诉人)(?<name>[\p{Script=Han}·]{2,16}?)(?:与|诉)(?:被告|被执行人|被申请人|被上诉人)/gu

/** Everybody who is named in the place of a party, each once. */
export function partiesSignalled(
  reading: PageReading,
  lines: readonly UprightLine[],
): readonly PartySignal[] {
  const found = new Map<string, PartySignal>()
  for (const line of lines) {
    if (line.doubtful) continue
    const groups = PARTY_HEAD.exec(line.text)?.groups
    const named = groups?.named ?? groups?.plain
    if (groups?.role === undefined || named === undefined) continue
    for (const name of namesOfParty(named)) {
      if (found.has(name)) continue
      const places = [placeOfWords(reading, line.line, name)]
      found.set(name, { text: name, role: groups.role, confidence: inThousandths(line.confidence), places })
    }
  }
  const flow = flowOf(lines.filter(({ doubtful }) => !doubtful))
  for (const { groups, index } of flow.text.matchAll(BETWEEN)) {
    const line = flow.lineAt(index)
    const [name] = namesOfParty(groups?.name ?? '')
    if (name === undefined || groups?.role === undefined || line === undefined || found.has(name)) continue
    const places = [placeOfWords(reading, line.line, name)]
    found.set(name, { text: name, role: groups.role, confidence: inThousandths(line.confidence), places })
  }
  return [...found.values()].slice(0, 20)
}
