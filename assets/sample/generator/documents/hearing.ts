import type { Block } from '../page/flow.ts'
import { flow, judgmentStyle, partyStyle, recordStyle, sheetOf } from '../page/flow.ts'
import type { Mark, PageSpec } from '../page/marks.ts'
import { facts } from './facts.ts'

const line = (text: string): Block => ({ kind: 'paragraph', text })

/** Everyone signs at the foot of every page of a record. */
function footSignatures(page: number, pages: number): Mark[] {
  return [
    { kind: 'line', x1: 30, y1: 266, x2: 186, y2: 266, width: 0.2 },
    { kind: 'hand', style: 'running', text: facts.plaintiffAgent, x: 34 + page, y: 277, sizePt: 23 },
    { kind: 'hand', style: 'running', text: facts.defendant, x: 84 - page, y: 278, sizePt: 24, joined: true },
    {
      kind: 'hand',
      style: 'running',
      text: facts.companyHead,
      x: 134 + page,
      y: 276,
      sizePt: 23,
      joined: true,
    },
    {
      kind: 'text',
      text: `第${page}页 共${pages}页`,
      font: 'song',
      sizePt: 10.5,
      x: 105,
      y: 287,
      align: 'centre',
    },
  ]
}

/** 庭审笔录 */
export function hearingRecord(): PageSpec[] {
  const { pages } = flow(
    [
      { kind: 'title', text: facts.court, sizePt: 20 },
      { kind: 'title', text: '法庭审理笔录', sizePt: 22, spacing: 2 },
      { kind: 'gap', mm: 3 },
      line(`案号：${facts.caseNumber}　　案由：${facts.cause}`),
      line('时间：2023年4月18日9时00分至10时45分'),
      line('地点：第三审判庭　　是否公开审理：公开'),
      line(`审判人员：审判长${facts.presiding}，审判员${facts.judge}，人民陪审员${facts.juror}`),
      line(`书记员：${facts.clerk}　　旁听人数：2人`),
      line('书记员：现在核对当事人及诉讼参加人到庭情况，宣读法庭纪律。'),
      line(
        `（原告${facts.plaintiff}未到庭，其委托诉讼代理人${facts.plaintiffAgent}到庭；被告${facts.defendant}到庭；被告${facts.company}法定代表人${facts.companyHead}到庭。）`,
      ),
      line(
        `审判长：（敲击法槌）${facts.court}今天依法公开开庭审理原告${facts.plaintiff}与被告${facts.defendant}、${facts.company}${facts.cause}一案，现在开庭。本案适用普通程序，由审判长${facts.presiding}、审判员${facts.judge}、人民陪审员${facts.juror}组成合议庭。各方对合议庭组成人员及书记员是否申请回避？`,
      ),
      line('原代：不申请回避。'),
      line('被告李：不申请。'),
      line('被告公司：不申请。'),
      line('审判长：当事人在法庭上的诉讼权利义务已书面告知，是否清楚？'),
      line('各方：清楚。'),
      line('审判长：现在进行法庭调查。由原告方陈述诉讼请求及所依据的事实和理由。'),
      line(
        '原代：诉讼请求与起诉状一致，即归还借款本金200000元，支付自2021年9月15日起按月利率1%计算至实际清偿之日的利息，被告公司承担连带清偿责任，诉讼费用由两被告负担。事实和理由同起诉状。',
      ),
      line('审判长：被告李样本答辩。'),
      line(
        '被告李：借款属实。付过六次利息，另外2021年10月20日在原告单位门口给过现金3000元，当时没有要收条。现在没有能力一次还清，请求分期。',
      ),
      line('审判长：被告公司答辩。'),
      line(
        '被告公司：保证合同上的公章是真实的，签字是我本人所签。公司愿意配合，但公司目前经营也有困难，应当先由李样本还款。',
      ),
      line('审判长：由原告方举证。'),
      line(
        '原代：出示证据一，借条一份；证据二，银行账户交易明细一份；证据三，微信聊天记录一份；证据四，保证合同一份。证明目的见证据目录。',
      ),
      line('审判长：被告李样本质证。'),
      line('被告李：四份证据的真实性均无异议。微信记录中“二十万我认”是我本人所发。'),
      line('审判长：被告公司质证。'),
      line('被告公司：借条和流水我公司不清楚，保证合同无异议。'),
      line('审判员：保证合同签订时，公司是否作出过股东会决议？'),
      line('被告公司：公司只有我和李样本两名股东，当时都同意，有决议，在合同附件里。'),
      line('审判长：被告李样本，主张现金支付3000元有无证据？'),
      line('被告李：没有书面证据，也没有其他人在场。'),
      line('审判长：原告方对此意见？'),
      line('原代：原告没有收到过该3000元，不予认可。'),
      line('审判长：两被告有无证据向法庭提交？'),
      line('被告李：没有。'),
      line('被告公司：没有。'),
      line(
        '审判长：法庭调查结束，现在进行法庭辩论。本案争议焦点：一、被告李样本已付款项的数额；二、利息的计算标准；三、被告公司应否承担连带责任。由原告方发表辩论意见。',
      ),
      line(
        '原代：一、被告主张的现金付款没有证据，应承担举证不能的后果。二、双方约定月利率1%，未超过合同成立时一年期贷款市场报价利率的四倍，应予支持。三、保证合同约定连带责任保证，起诉时仍在保证期间内。具体意见以庭后提交的书面代理词为准。',
      ),
      line('被告李：请求按照市场报价利率计算，降低利息。其他同答辩意见。'),
      line('被告公司：没有补充。'),
      line('审判长：法庭辩论终结。各方最后陈述。'),
      line('原代：请求支持原告诉讼请求。'),
      line('被告李：请求依法处理。'),
      line('被告公司：同上。'),
      line('审判长：法庭主持调解，各方是否同意？'),
      line('原代：同意调解，但要求三个月内还清本金。'),
      line('被告李：三个月做不到，每月只能还5000元。'),
      line(
        '审判长：因双方意见分歧较大，本庭不再主持调解。合议庭将在评议后择期宣判。当事人阅看笔录，确认无误后签名。现在休庭。（敲击法槌）',
      ),
    ],
    { ...recordStyle, leadingPt: 30 },
  )
  return pages.map((marks, index) => sheetOf([...marks, ...footSignatures(index + 1, pages.length)]))
}

/** 宣判笔录 */
export function pronouncement(): PageSpec[] {
  const { pages, endY } = flow(
    [
      { kind: 'title', text: '宣判笔录', sizePt: 22, spacing: 4 },
      { kind: 'gap', mm: 5 },
      line('时间：2023年5月26日15时00分'),
      line('地点：第三审判庭'),
      line(`宣判人：审判长${facts.presiding}、审判员${facts.judge}、人民陪审员${facts.juror}`),
      line(`书记员：${facts.clerk}`),
      line(
        `到庭的当事人和诉讼参加人：原告委托诉讼代理人${facts.plaintiffAgent}，被告${facts.defendant}，被告公司法定代表人${facts.companyHead}。`,
      ),
      line(
        `审判长：原告${facts.plaintiff}与被告${facts.defendant}、${facts.company}${facts.cause}一案，经合议庭评议，现在宣告判决。（全体起立，宣读${facts.caseNumber}民事判决书主文）`,
      ),
      line(
        `审判长：如不服本判决，可以在判决书送达之日起十五日内，向本院递交上诉状，并按照对方当事人的人数提出副本，上诉于云州市中级人民法院。各方听清了吗？`,
      ),
      line('原代：听清了，不上诉。'),
      line('被告李：听清了，回去考虑。'),
      line('被告公司：听清了。'),
      line('审判长：当庭送达判决书，请在送达回证上签收。闭庭。'),
      { kind: 'gap', mm: 10 },
      { kind: 'line', text: '以上笔录看过，无误：', align: 'left', inset: 10 },
    ],
    { ...recordStyle, leadingPt: 28 },
  )
  return pages.map((marks) =>
    sheetOf([
      ...marks,
      { kind: 'hand', style: 'running', text: facts.plaintiffAgent, x: 42, y: endY + 16, sizePt: 26 },
      {
        kind: 'hand',
        style: 'running',
        text: facts.defendant,
        x: 92,
        y: endY + 18,
        sizePt: 26,
        joined: true,
      },
      {
        kind: 'hand',
        style: 'running',
        text: facts.companyHead,
        x: 142,
        y: endY + 15,
        sizePt: 26,
        joined: true,
      },
      { kind: 'hand', style: 'running', text: '2023.5.26', x: 140, y: endY + 27, sizePt: 20 },
    ]),
  )
}

/** 代理词 */
export function closingStatement(): PageSpec[] {
  const { pages, endY } = flow(
    [
      { kind: 'title', text: '代 理 词', sizePt: 24 },
      { kind: 'gap', mm: 5 },
      { kind: 'paragraph', text: '尊敬的审判长、审判员、人民陪审员：', indent: 0 },
      line(
        `${facts.lawFirm}接受原告${facts.plaintiff}的委托，指派我担任其与被告${facts.defendant}、${facts.company}${facts.cause}一案的诉讼代理人。结合庭审情况，发表如下代理意见，供合议庭参考：`,
      ),
      line(
        '一、借贷关系成立并生效，借款本金为200000元。原告提交的借条与银行账户交易明细相互印证，足以证明双方就借款达成合意，且款项于2021年3月15日实际交付。被告李样本当庭对借款事实没有异议，构成自认。',
      ),
      line(
        '二、利息应当按照约定的月利率1%计算。《最高人民法院关于审理民间借贷案件适用法律若干问题的规定》规定，出借人请求借款人按照合同约定利率支付利息的，人民法院应予支持，但是双方约定的利率超过合同成立时一年期贷款市场报价利率四倍的除外。2021年3月一年期贷款市场报价利率为3.85%，其四倍为15.4%。双方约定的年利率12%未超过该上限。',
      ),
      line(
        '三、被告李样本主张的现金付款3000元不应扣除。当事人对自己提出的主张有责任提供证据。被告李样本未提供收条、取款记录或者证人证言，应当由其承担不利后果。',
      ),
      line(
        '四、被告公司应当承担连带清偿责任。保证合同明确约定保证方式为连带责任保证，保证期间为主债务履行期限届满之日起三年，即至2025年3月14日止。原告于2023年2月20日提起诉讼，未超过保证期间。被告公司关于“应当先由李样本还款”的主张，系将连带责任保证混同于一般保证，不能成立。',
      ),
      line(
        '五、被告李样本所称经营困难不是免除或者减轻还款责任的法定理由。原告已给予被告充分的宽限时间，被告至今未归还分文本金。',
      ),
      line('综上，原告的诉讼请求事实清楚、证据充分，于法有据，请求合议庭依法予以支持。'),
      { kind: 'gap', mm: 12 },
      { kind: 'line', text: `代理人：${facts.lawFirm}律师　　　　　　`, align: 'right' },
      { kind: 'line', text: '2023年4月20日', align: 'right', inset: 8 },
    ],
    partyStyle,
  )
  return pages.map((marks, index) =>
    sheetOf(
      index === pages.length - 1
        ? [
            ...marks,
            { kind: 'hand', style: 'running', text: facts.plaintiffAgent, x: 160, y: endY - 9, sizePt: 26 },
            { kind: 'seal', name: facts.lawFirm, x: 140, y: endY - 6, diameter: 40, tiltDeg: 6 },
          ]
        : marks,
    ),
  )
}

export const judgmentBlocks: readonly Block[] = [
  { kind: 'title', text: facts.court, sizePt: 22 },
  { kind: 'title', text: '民 事 判 决 书', sizePt: 26 },
  { kind: 'gap', mm: 2 },
  { kind: 'line', text: facts.caseNumber, align: 'right' },
  { kind: 'gap', mm: 2 },
  line(`原告：${facts.plaintiff}，男，1985年1月1日出生，汉族，住${facts.plaintiffAddress}。`),
  line(`委托诉讼代理人：${facts.plaintiffAgent}，${facts.lawFirm}律师。`),
  line(`被告：${facts.defendant}，男，1982年3月3日出生，汉族，住${facts.defendantAddress}。`),
  line(`被告：${facts.company}，住所地${facts.companyAddress}。`),
  line(`法定代表人：${facts.companyHead}，执行董事。`),
  line(
    `原告${facts.plaintiff}与被告${facts.defendant}、${facts.company}（以下简称样例公司）${facts.cause}一案，本院于2023年2月23日立案后，依法适用普通程序，公开开庭进行了审理。原告${facts.plaintiff}的委托诉讼代理人${facts.plaintiffAgent}、被告${facts.defendant}、被告样例公司的法定代表人${facts.companyHead}到庭参加诉讼。本案现已审理终结。`,
  ),
  line(
    `${facts.plaintiff}向本院提出诉讼请求：1.判令${facts.defendant}归还借款本金200000元，并支付自2021年9月15日起至实际清偿之日止按月利率1%计算的利息；2.判令样例公司承担连带清偿责任；3.诉讼费用由两被告负担。`,
  ),
  line(`${facts.defendant}辩称，借款属实，除原告认可的付息外，另以现金支付3000元，请求降低利息、分期偿还。`),
  line('样例公司辩称，保证合同属实，但应当先由李样本还款。'),
  line(
    `本院经审理认定事实如下：2021年3月15日，${facts.plaintiff}向${facts.defendant}转账200000元，${facts.defendant}出具借条，约定月利率1%，借款期限至2022年3月14日。同日，样例公司与${facts.plaintiff}签订保证合同，约定承担连带责任保证，保证期间为主债务履行期限届满之日起三年。2021年4月至9月，${facts.defendant}支付利息六次，共计12000元，此后未再付款。`,
  ),
  line(
    `本院认为，合法的借贷关系受法律保护。${facts.defendant}未按约定归还借款，应当承担还款责任。双方约定的利率未超过合同成立时一年期贷款市场报价利率的四倍，本院予以支持。${facts.defendant}主张另以现金支付3000元，未提交证据证明，本院不予采信。样例公司自愿提供连带责任保证，${facts.plaintiff}在保证期间内起诉，样例公司应当承担连带清偿责任；其承担保证责任后，有权在承担责任的范围内向${facts.defendant}追偿。`,
  ),
  line(
    '综上所述，依照《中华人民共和国民法典》第六百七十五条、第六百七十六条、第六百八十八条、第七百条，《中华人民共和国民事诉讼法》第六十七条规定，判决如下：',
  ),
  line(
    `一、被告${facts.defendant}于本判决生效之日起十日内归还原告${facts.plaintiff}借款本金200000元，并支付利息（以200000元为基数，自2021年9月15日起至实际清偿之日止，按年利率12%计算）；`,
  ),
  line(`二、被告${facts.company}对上述债务承担连带清偿责任。`),
  line(
    '如果未按本判决指定的期间履行给付金钱义务，应当依照《中华人民共和国民事诉讼法》第二百六十条之规定，加倍支付迟延履行期间的债务利息。',
  ),
  line(`案件受理费${facts.fee}元，由被告${facts.defendant}、${facts.company}共同负担。`),
  line(
    '如不服本判决，可以在判决书送达之日起十五日内，向本院递交上诉状，并按照对方当事人的人数提出副本，上诉于云州市中级人民法院。',
  ),
]

/** 民事判决书 with the court's seal over the date, and the 核对无异 stamp. */
export function judgment(): PageSpec[] {
  const { pages, endY } = flow(
    [
      ...judgmentBlocks,
      { kind: 'gap', mm: 10 },
      { kind: 'line', text: `审　判　长　　${facts.presiding}`, align: 'right', inset: 8 },
      { kind: 'line', text: `审　判　员　　${facts.judge}`, align: 'right', inset: 8 },
      { kind: 'line', text: `人民陪审员　　${facts.juror}`, align: 'right', inset: 8 },
      { kind: 'gap', mm: 6 },
      { kind: 'line', text: '二〇二三年五月二十二日', align: 'right', inset: 8 },
      { kind: 'gap', mm: 6 },
      { kind: 'line', text: `书　记　员　　${facts.clerk}`, align: 'right', inset: 8 },
    ],
    judgmentStyle,
  )
  const last: Mark[] = [
    { kind: 'seal', name: facts.court, x: 148, y: endY - 20, diameter: 42, tiltDeg: -5 },
    { kind: 'stamp', lines: ['本件与原本核对无异'], x: 66, y: endY - 8, width: 56, sizePt: 14, tiltDeg: 1.5 },
  ]
  return pages.map((marks, index) =>
    sheetOf([
      ...marks,
      ...(index === pages.length - 1 ? last : []),
      { kind: 'text', text: `－ ${index + 1} －`, font: 'song', sizePt: 12, x: 105, y: 282, align: 'centre' },
    ]),
  )
}
