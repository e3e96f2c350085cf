import type { CaseDraft } from '../../shared/contract/model.ts'
import type { PageText, TextLine } from '../../shared/domain/page-text.ts'

/** Numbers from 0 to 1, the same for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Zipf's law with exponent 1 over a list: the first is met most often. */
function zipf<T>(list: readonly T[]): (random: () => number) => T {
  const sums: number[] = []
  let sum = 0
  for (let rank = 1; rank <= list.length; rank++) {
    sum += 1 / rank
    sums.push(sum)
  }
  return (random) => {
    const wanted = random() * sum
    let low = 0
    let high = sums.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) < wanted) low = middle + 1
      else high = middle
    }
    return list[low] as T
  }
}

const SURNAMES = zipf([
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严欧莫孔向常',
])
const GIVEN = zipf([
  ...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文斌宇浩凯雪梅琳鑫波辉鹏飞龙志海燕春玲林婷欣怡佳俊豪博晨睿轩雨泽子涵诗思琪梦瑶嘉乐天翔东升山川河湖树森云霄岩峰松柏竹菊荷莲蕾薇蓉芸菲萍萌苗茜荣蔚薛藻衡裕襄诚谦谨豫赫超逸遥邦郁鉴钊铭锋锐锦镇长闻阳隆雄霖韬顺颖颜风馨驰骁高鸿鹤麟黎默齐',
])
const CAUSES = zipf([
  ...['民间借贷纠纷', '离婚纠纷', '机动车交通事故责任纠纷', '买卖合同纠纷', '金融借款合同纠纷', '盗窃罪'],
  ...['物业服务合同纠纷', '劳动争议', '危险驾驶罪', '建设工程施工合同纠纷', '房屋租赁合同纠纷', '继承纠纷'],
  ...[
    '信用卡纠纷',
    '故意伤害罪',
    '诈骗罪',
    '追偿权纠纷',
    '抚养费纠纷',
    '生命权身体权健康权纠纷',
    '承揽合同纠纷',
  ],
  ...['保险合同纠纷', '股权转让纠纷', '不当得利纠纷', '相邻关系纠纷', '行政处罚', '工伤认定', '政府信息公开'],
])
const TYPES = zipf(['民初', '执', '刑初', '民终', '行初', '执恢', '刑终', '民特', '民申', '执异'])
const COURTS = zipf([
  '云0102',
  '云0103',
  '云0111',
  '云0112',
  '云01',
  '云0114',
  '云0121',
  '云0181',
  '云03',
  '云0302',
])
const WORDS = zipf([
  ...[
    '被告',
    '原告',
    '本院认为',
    '证据',
    '借款',
    '合同',
    '人民币',
    '利息',
    '法院',
    '判决如下',
    '经审理查明',
    '事实',
  ],
  ...[
    '依照中华人民共和国民法典',
    '双方当事人',
    '诉讼请求',
    '代理人',
    '开庭审理',
    '到庭参加诉讼',
    '答辩称',
    '上述事实',
  ],
  ...[
    '借条',
    '转账凭证',
    '银行流水',
    '还款期限',
    '违约责任',
    '逾期利率',
    '连带清偿责任',
    '保证人',
    '抵押权',
    '质证意见',
  ],
  ...[
    '身份证明',
    '户籍信息',
    '送达回证',
    '传票',
    '合议庭',
    '书记员',
    '审判长',
    '人民陪审员',
    '调解协议',
    '财产保全',
  ],
  ...[
    '鉴定意见',
    '勘验笔录',
    '询问笔录',
    '现场照片',
    '监控录像',
    '微信聊天记录',
    '交通事故认定书',
    '保险单',
    '医疗费',
  ],
  ...[
    '误工费',
    '残疾赔偿金',
    '精神损害抚慰金',
    '诉讼时效',
    '举证责任',
    '管辖异议',
    '撤回起诉',
    '驳回诉讼请求',
    '公告费',
  ],
  ...[
    '执行标的',
    '拍卖成交',
    '划拨存款',
    '限制消费',
    '失信被执行人',
    '终结本次执行程序',
    '执行异议',
    '案外人',
    '案款发放',
  ],
  ...[
    '盗窃手机',
    '入户',
    '坦白',
    '自首',
    '认罪认罚',
    '累犯',
    '取保候审',
    '有期徒刑',
    '罚金',
    '缓刑考验期',
    '社区矫正',
  ],
  ...[
    '施工图纸',
    '竣工验收',
    '工程价款',
    '质量保证金',
    '租赁物',
    '腾退房屋',
    '物业费',
    '业主大会',
    '共有部分',
    '相邻通行',
  ],
  ...[
    '股东会决议',
    '工商登记',
    '出资义务',
    '清算组',
    '劳动仲裁',
    '经济补偿',
    '加班工资',
    '工伤保险',
    '社会保险',
    '竞业限制',
  ],
])
const LINKS = zipf(['，', '。', '、', '，且', '，并', '；', '。另查明，', '，故', '，而', '，经', '。综上，'])

export interface ArchiveCase {
  readonly place: number
  readonly year: number
  readonly number: string
  readonly draft: Omit<CaseDraft, 'number'>
  /** Lines of its pages. */
  readonly pages: readonly (readonly string[])[]
}

export const PAGES_A_CASE = 2
const YEARS = 20
const FIRST_YEAR = 2005
const LINE = 22
const PAGE_CHARACTERS = 262

const name = (random: () => number) =>
  SURNAMES(random) + GIVEN(random) + (random() < 0.75 ? GIVEN(random) : '')

/** The n-th case of an archive of `size`, the same whenever it is asked for; oldest first. */
export function archiveCase(place: number, size: number): ArchiveCase {
  const random = randomFrom(place * 2654435761 + 17)
  const year = FIRST_YEAR + Math.floor((place * YEARS) / size)
  const claimant = name(random)
  const defendant = name(random)
  const number = `（${year}）${COURTS(random)}${TYPES(random)}${place + 1}号`
  const cause = CAUSES(random)
  const day = `${year}年${1 + Math.floor(random() * 12)}月${1 + Math.floor(random() * 28)}日`
  const pages = Array.from({ length: PAGES_A_CASE }, (_, page) => {
    let text =
      page === 0 ? `${number}原告${claimant}，被告${defendant}，${cause}一案` : `${day}，${claimant}陈述`
    while (text.length < PAGE_CHARACTERS) {
      text += LINKS(random) + WORDS(random)
      const turn = random()
      if (turn < 0.06) text += `${claimant}`
      else if (turn < 0.12) text += `${defendant}`
      else if (turn < 0.17) text += `${1000 + Math.floor(random() * 900_000)}元`
      else if (turn < 0.19) text += day
      else if (turn < 0.2) text += name(random)
    }
    const lines: string[] = []
    for (let at = 0; at < text.length; at += LINE) lines.push(text.slice(at, at + LINE))
    return lines
  })
  return {
    place,
    year,
    number,
    draft: {
      archiveNumber: '',
      cause,
      handler: name(randomFrom(place % 400)),
      parties: [
        { role: 'plaintiff', name: claimant },
        { role: 'defendant', name: defendant },
      ],
      acceptedOn: `${year}-03-${String(1 + (place % 28)).padStart(2, '0')}`,
      closedOn: null,
      retention: place % 3 === 0 ? 'Y' : 'D30',
      secrecy: 'internal',
    },
    pages,
  }
}

/** Lines as recognition gives them: A4 at 200 dpi, every character as wide. */
export function recognised(
  about: Pick<PageText, 'versionId' | 'pageId' | 'volumeId' | 'caseId'>,
  lines: readonly string[],
): PageText {
  return {
    ...about,
    widthPixels: 1654,
    heightPixels: 2339,
    turn: 0,
    confidence: 0.97,
    engine: 'bench',
    model: 'bench 1',
    readAt: '2026-01-05T02:00:00.000Z',
    lines: lines.map((text, row): TextLine => {
      const top = 160 + row * 62
      const right = 140 + text.length * 60
      return {
        quad: [140, top, right, top, right, top + 48, 140, top + 48],
        text,
        confidence: 0.97,
        kind: 'printed',
        places: Array.from({ length: 2 * text.length }, (_, edge) =>
          Math.round((Math.ceil(edge / 2) * 1000) / text.length),
        ),
      }
    }),
  }
}
