import { flow, partyStyle, sheetOf } from '../page/flow.ts'
import type { PageSpec } from '../page/marks.ts'
import { facts } from './facts.ts'

/** 股东会决议, the enclosure of the 保证合同 that was bound into the paper after the scanning. */
export function resolution(): PageSpec[] {
  const p = (text: string) => ({ kind: 'paragraph' as const, text })
  const { pages, endY } = flow(
    [
      { kind: 'title', text: '股东会决议', sizePt: 22, spacing: 3 },
      { kind: 'gap', mm: 6 },
      p(
        `${facts.company}于2021年3月12日在公司会议室召开股东会会议。应到股东二人，实到股东二人，会议的召集和表决符合公司章程。`,
      ),
      p('会议由执行董事主持，经全体股东一致表决，作出如下决议：'),
      p(`一、同意本公司为${facts.defendant}向${facts.plaintiff}所借款项提供连带责任保证，保证期间为三年。`),
      p(`二、授权${facts.companyHead}代表本公司签订保证合同并加盖印章。`),
      p('三、本决议一式三份，股东各执一份，一份作为保证合同的附件。'),
      { kind: 'gap', mm: 14 },
      { kind: 'line', text: '股东（签名）：　　　　　　　　　　　', align: 'right' },
      { kind: 'line', text: '2021年3月12日', align: 'right', inset: 10 },
    ],
    { ...partyStyle, leadingPt: 28 },
  )
  return pages.map((marks) =>
    sheetOf([
      ...marks,
      { kind: 'hand', style: 'running', text: facts.companyHead, x: 150, y: endY - 11, sizePt: 26 },
      { kind: 'seal', name: facts.company, x: 84, y: endY - 4, diameter: 42, tiltDeg: -8 },
    ]),
  )
}
