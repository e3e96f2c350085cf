import { plainTitle } from './title-normal-form.ts'

export interface RestrictedTitle {
  /** `strong`: hardly anything but internal material is called so. `weak`: often; ask a person. */
  readonly suspicion: 'strong' | 'weak'
  /** The words that raised it. */
  readonly matchedText: string
}

const STRONG = new RegExp(
  [
    '合议庭?(?:评议|笔录|记录|讨论|意见|汇报)',
    '评议(?:笔录|记录|意见)',
    '审判?委(?:员会|会)|赔偿委员会讨论|法官会议|庭务会|独任法官意见',
    '检察?委(?:员会|会)|检察官联席会议|科务会|处务会',
    '签发(?:稿|单|表|笺|件|$)|文书签发|审签|发文稿纸?',
    '(?:判决书|裁定书|调解书|决定书|文书)(?:原本|原稿|草稿|草案|底稿|初稿|送审稿|审批稿|校对稿|审核稿)',
    '审理报告|案情报告|审结报告|阅卷(?:笔录|记录|摘要)|汇报(?:笔录|提纲)',
    '内部(?:函|请示|审批|意见|批示|讨论|材料|答复)|(?<![医学])院领导|领导批示|呈批',
    '(?:院|庭|科|处|检察)长(?:意见|批示|审批|审核)',
    '(?<!补充)侦查(?:终结报告|工作计划|计划|方案|提纲)|讯问提纲|(?:初查|提请立案)报告',
    '副卷',
  ].join('|'),
  'u',
)
const WEAK =
  /审批|报批|请示|批示|批复|督办|结案(?:报告|登记|表)|评查表|原本|底稿|草稿|讨论(?:记录|笔录)|审查报告|类案检索|汇报|执行死刑照片/u

/** Evidence, notices and papers of a 正卷 that hold one of the words above without being internal. */
const HARMLESS = new RegExp(
  [
    '(?:行政|用地|规划|项目|建设|立项|环评|贷款|信贷|授信|放款|报销|请假|用印|合同|公司|单位|企业|政府|发改委|资源局|采购|工程|付款|借款|离职)[\\p{L}\\p{N}]{0,6}?(?:审批|请示|批复|批示|汇报|审签)',
    '审批局|(?:立案|退费|退款|交诉讼费|恢复执行|执行期限|文书公开)(?:变更)?审批',
    '(?:执行款|案款|款项)[\\p{L}\\p{N}]{0,4}?审批|收付凭证及审批',
    '罪犯结案登记|保全结案表|公告底稿',
    '审判委员会(?:委员)?(?:名单|告知)|申请[\\p{L}\\p{N}]{0,6}?审判?委(?:员会|会)委员回避',
  ].join('|'),
  'gu',
)

/**
 * Does a title speak of material for the restricted volume 副卷 (合议庭评议, 审委会, 签发稿, 审批 …)? Raises the
 * suspicion D10 错卷别 when such a title stands in a 正卷; whether it is one is for a person to say. A weak
 * suspicion may be dropped where the volume's own template names the title (结案报告 in an enforcement file).
 */
export function detectRestrictedTitle(title: string): RestrictedTitle | undefined {
  const plain = plainTitle(title).replace(HARMLESS, '·')
  const strong = STRONG.exec(plain)
  if (strong) return { suspicion: 'strong', matchedText: strong[0] }
  const weak = WEAK.exec(plain)
  return weak ? { suspicion: 'weak', matchedText: weak[0] } : undefined
}
