import path from 'node:path'
import type { OutputOf } from '../../shared/contract/index.ts'
import { PROOF_POINT_INFO, type ProofPoint } from '../../shared/domain/reconcile/proof.ts'
import { VOLUME_KIND_INFO } from '../../shared/domain/volume-kind.ts'
import { AppError } from '../../shared/errors.ts'
import { reportNames } from '../reconcile/index.ts'
import { findCase } from './case-commands.ts'
import type { CommandContext } from './context.ts'

type Verified = OutputOf<'proofs.verify'>

function pointLine({ code, ok, detail }: Verified['points'][number]): string {
  const words = PROOF_POINT_INFO[code as ProofPoint]
  return `${ok ? '✔' : '✘'} ${words === undefined ? code : `${words.zh} ${words.en}`}：${detail}`
}

/** A report whose case or volume the vault does not have cannot be of this vault. */
async function verified(context: CommandContext, file: string): Promise<Verified> {
  const failing = (code: ProofPoint, detail: string): Verified => ({
    ok: false,
    points: [{ code, ok: false, detail }],
  })
  const names = await reportNames(file)
  if (names === undefined) return failing('format', '文件里没有完整的核对报告，或内容被改动')
  try {
    return await context.call('proofs.verify', { ...names, path: file })
  } catch (error) {
    // Ids that are none, or that this vault does not know.
    const code = error instanceof AppError ? error.code : null
    if (code !== 'CATALOGUE_NOT_FOUND' && code !== 'CALL_INVALID_INPUT') throw error
    return failing('vault', '本库没有报告所说的卷')
  }
}

/** Holds a report, JSON or PDF, against the vault. Exit code 1 when any point does not hold. */
export async function verifyProof(context: CommandContext, file: string): Promise<void> {
  await context.signIn()
  const report = await verified(context, path.resolve(file))
  context.show(report, [
    ...report.points.map(pointLine),
    report.ok
      ? '核对报告有效。The report holds.'
      : '核对报告不成立，见上。The report does not hold, see above.',
  ])
  context.exit(report.ok ? 0 : 1)
}

/** The reports of a case's volumes, and whether the newest of each stands. */
export async function listProofs(context: CommandContext, number: string): Promise<void> {
  await context.signIn()
  const tree = await findCase(context, number)
  const volumes = []
  for (const { id, kind, readable, proof } of tree.volumes) {
    const reports = readable ? await context.call('proofs.list', { volumeId: id }) : []
    volumes.push({ volumeId: id, kind, proof: proof ?? null, reports })
  }
  context.show(
    { volumes },
    volumes.flatMap(({ kind, proof, reports }) => [
      `${VOLUME_KIND_INFO[kind].zh}  ${proof === null ? '未出具报告' : proof.stands ? '纸电一致' : `已失效：${proof.fell.join('、')}`}`,
      ...reports.map(
        ({ id, at, by, pages, differences }) => `  ${id}  ${at}  ${by}  ${pages} 页  不符 ${differences} 项`,
      ),
    ]),
  )
}
