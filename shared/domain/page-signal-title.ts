import type { PageReading } from './page-text.ts'
import { lineSignal, type Signal } from './signal.ts'
import type { UprightLine } from './upright-line.ts'

/** How documents of a file are called, by their last characters. */
const KINDS =
  /(?:诉状|答辩状|申请书|申请表|通知书|判决书|裁定书|调解书|决定书|建议书|起诉书|意见书|确认书|具结书|谅解书|承诺书|委托书|告知书|责任书|担保书|说明书|鉴定书|笔录|记录|公告|传票|传唤证|送达回证|提押票|换押证|搜查证|逮捕证|公函|介绍信|[回复公]函|律师事务所函|清单|目录|名单|信息表|登记表|审批表|呈批表|备考表|移送表|申报表|结案表|报告|报告表|借条|欠条|收条|收据|票据|发票|凭证|证明|证明书|合同|协议|协议书|代理词|辩护词|公诉词|证言|陈述|上诉状|反诉状|起诉状|身份证|营业执照|户口簿|结婚证|交易明细|流水|聊天记录|签发稿|审理报告|卷宗|执行令|支付令|命令|证书|证|票|表|书|状|单|稿)(?:复印件|副本|正本|原本|存根|\(.{1,8}\)|（.{1,8}）)?$/u
/** Names of courts and offices over the title. */
const OFFICE = /(?:人民法院|人民检察院|公安局|公安分局|司法局|律师事务所|银行.{0,8}[支分]行)$/u
const SENTENCE = /[。；;，,：:！？]/u
const MOST_CHARACTERS = 28
const LOOKED_AT = 7
const REACH = 0.42

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** 公告 in 公　　告, 判决书 in 民 事 判 决 书: titles are set with room between their characters. */
const closed = (text: string): string => text.replace(/\s/gu, '')

export interface TitleSignal {
  readonly signal: Signal
  readonly lines: readonly UprightLine[]
}

/**
 * The title of the document that begins on a page: near the top, in the middle, larger than the text or of a known
 * kind. Null on pages that go on from the page before.
 */
export function titleSignalled(reading: PageReading, lines: readonly UprightLine[]): TitleSignal | null {
  const body = lines.filter(({ doubtful, text }) => !doubtful && [...text].length > 1)
  const usual = median(body.map(({ top, bottom }) => bottom - top))
  const candidates = body
    .filter((line) => line.top < REACH && !/^[\d\s\-—－/第页共]+$/u.test(line.text))
    .slice(0, LOOKED_AT)
    .map((line, place) => ({ line, score: scoreOf(line, place, usual) }))
    .filter(({ score }) => score > 0)
  const [best] = candidates.sort((a, b) => b.score - a.score || a.line.top - b.line.top)
  if (best === undefined || best.score < 0.5) return null
  return {
    signal: lineSignal(reading, [best.line], closed(best.line.text), best.score * best.line.confidence),
    lines: [best.line],
  }
}

function scoreOf(line: UprightLine, place: number, usual: number): number {
  const text = closed(line.text)
  const length = [...text].length
  if (length < 2 || length > MOST_CHARACTERS || SENTENCE.test(text) || !/\p{Script=Han}{2}/u.test(text))
    return 0
  if (OFFICE.test(text) || /^[（([【〔]?(?:19|20)\d{2}/u.test(text)) return 0
  const centred = Math.abs((line.left + line.right) / 2 - 0.5) < 0.09
  const large = usual > 0 ? (line.bottom - line.top) / usual : 1
  const known = KINDS.test(text)
  const size = large > 1.4 ? 0.24 : large > 1.15 ? 0.14 : 0
  const score = (known ? 0.46 : 0) + (centred ? 0.3 : 0) + size + (place < 2 ? 0.08 : place < 4 ? 0.04 : 0)
  // What is neither large nor known as a kind of document is a line like any other.
  if (!known && size === 0) return 0
  return centred ? Math.min(0.99, score) : Math.min(0.62, score)
}
