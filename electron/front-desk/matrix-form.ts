import { type Permission, ROLES } from '../../shared/domain/permission.ts'
import {
  grantText,
  PERMISSION_WORDS,
  permissionGroups,
  ROLE_WORDS,
} from '../../shared/domain/permission-words.ts'
import type { RoleMatrix } from '../../shared/domain/role-matrix.ts'
import { csvTable, ruledTablePdf } from '../forms/index.ts'

interface PrintedMatrix {
  readonly matrix: RoleMatrix
  readonly edited: boolean
  readonly unitName: string
  readonly logHead: string
  readonly createdAt: Date
  readonly fontRegular: string
  readonly fontBold: string
}

const cellsOf = (matrix: RoleMatrix, permission: Permission) =>
  ROLES.map((role) => grantText(matrix[role], permission))

/** The matrix as a table for other programs: permissions down, roles across. */
export function matrixCsv(matrix: RoleMatrix): string {
  const head = ['领域', '权限', 'Permission', '代码', ...ROLES.map((role) => ROLE_WORDS[role].zh)]
  const rows = permissionGroups().flatMap(({ words, permissions }) =>
    permissions.map((permission) => [
      words.zh,
      PERMISSION_WORDS[permission].zh,
      PERMISSION_WORDS[permission].en,
      permission,
      ...cellsOf(matrix, permission),
    ]),
  )
  return csvTable([head, ...rows])
}

/** The matrix to print and sign. */
export async function matrixPdf({
  matrix,
  edited,
  unitName,
  logHead,
  ...printed
}: PrintedMatrix): Promise<Buffer> {
  const date = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeZone: 'Asia/Shanghai' })
  return await ruledTablePdf({
    ...printed,
    title: '角色权限矩阵',
    heading: [
      unitName,
      `${date.format(printed.createdAt)}　${edited ? '本单位已调整' : '出厂设定'}　${ROLES.length} 个角色`,
    ],
    columns: [
      { title: '领域', weight: 9, align: 'center' },
      { title: '权限', weight: 22 },
      ...ROLES.map((role) => ({ title: ROLE_WORDS[role].zh, weight: 9, align: 'center' as const })),
    ],
    rows: permissionGroups().flatMap(({ words, permissions }) =>
      permissions.map((permission) => [
        words.zh,
        `${PERMISSION_WORDS[permission].zh} ${PERMISSION_WORDS[permission].en}`,
        ...cellsOf(matrix, permission),
      ]),
    ),
    notes: [
      '范围：本人＝自己承办或建立的案件；交办＝指定给本人的案件；授权＝经借阅批准的案件；全部＝库内全部。“–”为无此权限。',
      '括号内为条件：卷别、密级上限、案件状态；没有括号即无条件。回避名单先于一切授权。',
      logHead,
    ],
    signatures: ['安全保密管理员', '安全审计员', '单位负责人'],
  })
}
