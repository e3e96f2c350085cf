import { plainTitle } from './title-normal-form.ts'

export interface RestrictedTitle {
  /** `strong`: hardly anything but 副卷 material is called so. `weak`: often, ask a person. */
  readonly suspicion: 'strong' | 'weak'
  /** The words that raised it. */
  readonly matchedText: string
}

const STRONG =
  /合议(?:庭)?(?:评议|笔录|记录|讨论|意见|汇报)|评议(?:笔录|记录|意见)|审判?委(?:员会|会)|法官会议|庭务会|赔偿委员会讨论|检察?委(?:员会|会)|检察官联席会议|签发(?:稿|单|表|笺)?|(?:判决书|裁定书|调解书|决定书|文书)(?:原本|原稿|草稿|底稿|送审稿|审批稿|校对稿)|发文稿纸?|审理报告|案情报告|审结报告|阅卷笔录|汇报(?:笔录|提纲)|内部(?:函|请示|审批|意见|批示|讨论|材料)|院领导|(?:院|庭|科|处|检察)长(?:意见|批示|审批|审核)|领导批示|呈批|审签|侦查终结报告|侦查计划|执行死刑照片|副卷|举报人信息/u
const WEAK = /审批|请示|批示|批复|督办|结案(?:报告|登记|表)|原本|底稿|草稿|讨论(?:记录|笔录)|审查报告|类案检索|汇报/u

/** Words of evidence and of notices to the parties that hold one of the above without being internal. */
const HARMLESS =
  /(?:行政|用地|规划|项目|建设|立项|环评|贷款|信贷|授信|放款|报销|请假|用印|合同|公司|单位|企业|政府|发改委|自然资源局|采购|工程|付款|借款|离职)[\p{L}\p{N}]{0,6}(?:审批|请示|批复|批示|汇报)|业主委员会|开庭公告底稿|公告底稿|(?:机动车|汽车|出厂|身份证|护照|执照|证书)[\p{L}\p{N}]{0,4}签发|签发(?:机关|日期|的证)|审批局|告知审委会委员|审判委员会(?:委员)?(?:名单|告知书)|(?:申请|请求)[\p{L}\p{N}]{0,12}(?:公开|查阅|回避)/gu

/**
 * Does a title speak of material for the restricted volume 副卷 (合议庭评议, 审委会, 签发稿, 审批 …)? Raises the
 * suspicion D10 错卷别 when such a title stands in a 正卷; whether it is one is for a person to say.
 */
export function detectRestrictedTitle(title: string): RestrictedTitle | undefined {
  const plain = plainTitle(title).replace(HARMLESS, '·')
  const strong = STRONG.exec(plain)
  if (strong) return { suspicion: 'strong', matchedText: strong[0] }
  const weak = WEAK.exec(plain)
  return weak ? { suspicion: 'weak', matchedText: weak[0] } : undefined
}
