import type { Block } from '../page/flow.ts'
import { flow, partyStyle, sheetOf } from '../page/flow.ts'
import type { Mark, PageSpec } from '../page/marks.ts'
import { table } from '../page/table.ts'
import { facts } from './facts.ts'

const paragraph = (text: string): Block => ({ kind: 'paragraph', text })
const plaintiffLine = `原告：${facts.plaintiff}，男，1985年1月1日出生，汉族，住${facts.plaintiffAddress}，公民身份号码${facts.plaintiffId}，联系电话${facts.plaintiffPhone}。`
const defendantLine = `被告：${facts.defendant}，男，1982年3月3日出生，汉族，住${facts.defendantAddress}，公民身份号码${facts.defendantId}，联系电话${facts.defendantPhone}。`
const companyLine = `被告：${facts.company}，住所地${facts.companyAddress}，统一社会信用代码${facts.creditCode}。`

/** 民事起诉状 */
export function complaint(): PageSpec[] {
  const { pages, endY } = flow(
    [
      { kind: 'title', text: '民事起诉状', sizePt: 22 },
      { kind: 'gap', mm: 5 },
      paragraph(plaintiffLine),
      paragraph(`委托诉讼代理人：${facts.plaintiffAgent}，${facts.lawFirm}律师。`),
      paragraph(defendantLine),
      paragraph(companyLine),
      paragraph(`法定代表人：${facts.companyHead}，执行董事。`),
      { kind: 'line', text: '诉讼请求：', align: 'left', inset: 10, font: 'songBold' },
      paragraph(
        `一、判令被告${facts.defendant}立即归还原告借款本金人民币200000元，并支付自2021年9月15日起至实际清偿之日止、按月利率1%计算的利息（暂计至2023年2月14日为34000元）；`,
      ),
      paragraph(`二、判令被告${facts.company}对上述债务承担连带清偿责任；`),
      paragraph('三、本案诉讼费用由两被告共同负担。'),
      { kind: 'line', text: '事实与理由：', align: 'left', inset: 10, font: 'songBold' },
      paragraph(
        `原告与被告${facts.defendant}系多年同学关系。2021年3月初，被告${facts.defendant}以其经营的门店需要备货、资金周转困难为由，多次向原告提出借款。2021年3月15日，原告通过其名下尾号0001的银行账户，向被告${facts.defendant}尾号0002的账户转账人民币200000元。当日，被告${facts.defendant}向原告出具《借条》一份，载明借款金额为贰拾万元整，月利率为1%，借款期限自2021年3月15日起至2022年3月14日止，每月15日前支付当月利息。`,
      ),
      paragraph(
        `同日，原告与被告${facts.company}签订《保证合同》，约定由该公司为上述借款本金、利息及实现债权的费用提供连带责任保证，保证期间为主债务履行期限届满之日起三年。`,
      ),
      paragraph(
        `借款发生后，被告${facts.defendant}自2021年4月至同年9月按月支付利息六次，每次2000元，共计12000元。自2021年10月起，被告${facts.defendant}未再支付任何利息。2022年3月14日借款期限届满后，原告通过电话、微信等方式反复催要，被告${facts.defendant}先以货款未收回为由请求宽限，后拒接电话、不再回复信息。被告${facts.company}亦未履行保证责任。`,
      ),
      paragraph(
        '综上所述，原告与被告之间的借贷关系合法有效，被告拒不还款的行为已严重侵害原告的合法权益。为维护原告的合法权益，现依据《中华人民共和国民法典》《中华人民共和国民事诉讼法》的有关规定，特向贵院提起诉讼，恳请贵院依法支持原告的全部诉讼请求。',
      ),
      { kind: 'line', text: '此致', align: 'left', inset: 10 },
      { kind: 'line', text: facts.court, align: 'left' },
      { kind: 'gap', mm: 14 },
      { kind: 'line', text: '具状人：　　　　　　　', align: 'right' },
      { kind: 'line', text: '2023年2月20日', align: 'right', inset: 8 },
      { kind: 'gap', mm: 6 },
      { kind: 'line', text: '附：1.本起诉状副本二份；2.证据材料一套。', align: 'left' },
    ],
    partyStyle,
  )
  const signature: Mark[] = [
    { kind: 'hand', style: 'running', text: facts.plaintiff, x: 148, y: endY - 25, sizePt: 26 },
    { kind: 'fingerprint', x: 172, y: endY - 28 },
    {
      kind: 'stamp',
      lines: [`${facts.court}`, '收 案 章', '2023年2月20日'],
      x: 66,
      y: endY - 32,
      width: 52,
      sizePt: 12,
      tiltDeg: -4,
      ink: '#27408b',
    },
  ]
  return pages.map((marks, index) => sheetOf(index === pages.length - 1 ? [...marks, ...signature] : marks))
}

/** 民事答辩状: the defendant's own hand on ruled paper under a printed head. */
export function answer(): PageSpec[] {
  const { pages, endY } = flow(
    [
      { kind: 'title', text: '民事答辩状', sizePt: 22 },
      { kind: 'gap', mm: 5 },
      paragraph(`答辩人：${facts.defendant}，男，1982年3月3日出生，汉族，住${facts.defendantAddress}。`),
      paragraph(
        `答辩人就${facts.plaintiff}诉答辩人、${facts.company}${facts.cause}一案，案号${facts.caseNumber}，现提出如下答辩意见：`,
      ),
      paragraph(
        '一、答辩人对向原告借款200000元的事实没有异议。但该笔款项实际用于门店进货，因市场行情变化，货物积压，答辩人目前确无一次性还款能力，并非恶意拖欠。',
      ),
      paragraph(
        '二、关于利息。答辩人除原告认可的六次付息外，另于2021年10月20日以现金方式向原告支付过3000元，原告未出具收据。该3000元应当在本案中予以扣除。',
      ),
      paragraph(
        '三、关于利率。借条上约定月利率1%，答辩人认为在还款困难的情况下，应当适当予以减免，请求法院按照全国银行间同业拆借中心公布的一年期贷款市场报价利率计算逾期后的利息。',
      ),
      paragraph(
        '四、答辩人愿意与原告协商分期还款方案，每月归还本金不少于5000元，自2023年6月起开始履行，请求法院主持调解。',
      ),
      paragraph('综上，请求人民法院查明事实，依法作出公正处理。'),
      { kind: 'line', text: '此致', align: 'left', inset: 10 },
      { kind: 'line', text: facts.court, align: 'left' },
      { kind: 'gap', mm: 14 },
      { kind: 'line', text: '答辩人：　　　　　　　', align: 'right' },
      { kind: 'line', text: '2023年3月9日', align: 'right', inset: 8 },
    ],
    { ...partyStyle, sizePt: 15, leadingPt: 30 },
  )
  const last: Mark[] = [
    { kind: 'hand', style: 'running', text: facts.defendant, x: 150, y: endY - 11, sizePt: 27 },
    { kind: 'hand', style: 'plain', text: '3月10日收到　吴', x: 32, y: endY - 2, sizePt: 15 },
  ]
  return pages.map((marks, index) => sheetOf(index === pages.length - 1 ? [...marks, ...last] : marks))
}

/** 授权委托书, a printed form filled in by pen. */
export function mandate(): PageSpec[] {
  const style = { ...partyStyle, leadingPt: 30 }
  const { pages, endY } = flow(
    [
      { kind: 'title', text: '授权委托书', sizePt: 22, spacing: 2 },
      { kind: 'gap', mm: 6 },
      paragraph(
        `委托人：${facts.plaintiff}，公民身份号码${facts.plaintiffId}，联系电话${facts.plaintiffPhone}。`,
      ),
      paragraph(`受委托人：${facts.plaintiffAgent}，${facts.lawFirm}律师，执业证号99901202010000001。`),
      paragraph(
        `现委托上列受委托人在委托人与${facts.defendant}、${facts.company}${facts.cause}一案中，作为委托人一审阶段的诉讼代理人。`,
      ),
      paragraph(
        '代理权限：特别授权，即代为承认、放弃、变更诉讼请求，进行和解、调解，提起反诉或者上诉，代为申请执行，代为签收法律文书。',
      ),
      paragraph('委托期限：自签订之日起至本案一审审理终结之日止。'),
      { kind: 'gap', mm: 16 },
      { kind: 'line', text: '委托人（签名捺印）：　　　　　　', align: 'right' },
      { kind: 'line', text: '2023年2月18日', align: 'right', inset: 10 },
    ],
    style,
  )
  return pages.map((marks) =>
    sheetOf([
      ...marks,
      { kind: 'hand', style: 'running', text: facts.plaintiff, x: 152, y: endY - 11, sizePt: 26 },
      { kind: 'fingerprint', x: 171, y: endY - 13 },
      { kind: 'seal', name: facts.lawFirm, x: 72, y: endY - 4, diameter: 40, tiltDeg: 9 },
    ]),
  )
}

/** 材料收取清单 */
export function receiptList(): PageSpec[] {
  const rows = [
    ['1', '民事起诉状', '3', '原件', '2'],
    ['2', '原告身份证复印件', '1', '复印件', '1'],
    ['3', '被告企业信用信息、营业执照复印件', '1', '复印件', '1'],
    ['4', '授权委托书、律师事务所函', '1', '原件', '1'],
    ['5', '证据目录', '3', '原件', '1'],
    ['6', '借条', '3', '复印件', '1'],
    ['7', '银行账户交易明细', '3', '原件', '3'],
    ['8', '微信聊天记录打印件', '3', '打印件', '1'],
    ['9', '保证合同', '3', '复印件', '2'],
  ]
  const body = table(
    [
      ['序号', '材料名称', '份数', '形式', '页数'].map((text) => ({
        text,
        align: 'centre' as const,
        font: 'hei' as const,
      })),
      ...rows.map((row) =>
        row.map((text, column) => ({
          text,
          align: column === 1 ? ('left' as const) : ('centre' as const),
          hand: column === 4,
        })),
      ),
    ],
    { x: 26, y: 66, columns: [16, 84, 18, 24, 18], sizePt: 12, font: 'song', rowHeight: 11 },
  )
  const foot = body.bottom
  return [
    sheetOf([
      { kind: 'text', text: facts.court, font: 'songBold', sizePt: 18, x: 105, y: 36, align: 'centre' },
      {
        kind: 'text',
        text: '诉讼材料收取清单',
        font: 'songBold',
        sizePt: 20,
        x: 105,
        y: 47,
        align: 'centre',
      },
      { kind: 'text', text: `案由：${facts.cause}`, font: 'song', sizePt: 12, x: 26, y: 60 },
      {
        kind: 'text',
        text: '收件日期：2023年2月20日',
        font: 'song',
        sizePt: 12,
        x: 186,
        y: 60,
        align: 'right',
        joined: true,
      },
      ...body.marks,
      { kind: 'text', text: '提交人（签名）：', font: 'song', sizePt: 12, x: 28, y: foot + 16 },
      {
        kind: 'hand',
        style: 'running',
        text: facts.plaintiffAgent,
        sizePt: 22,
        x: 62,
        y: foot + 17,
        joined: true,
      },
      {
        kind: 'text',
        text: '收件人（签名）：',
        font: 'song',
        sizePt: 12,
        x: 112,
        y: foot + 16,
        joined: true,
      },
      { kind: 'hand', style: 'running', text: facts.clerk, sizePt: 22, x: 146, y: foot + 17, joined: true },
      {
        kind: 'text',
        text: '注：本清单一式两份，提交人、人民法院各执一份。',
        font: 'song',
        sizePt: 10.5,
        x: 28,
        y: foot + 32,
      },
      {
        kind: 'stamp',
        lines: [facts.court, '立案庭收件专用'],
        x: 152,
        y: foot + 24,
        width: 54,
        sizePt: 12,
        tiltDeg: 3,
      },
    ]),
  ]
}
