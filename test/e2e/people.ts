import { callFrom, type Launched, OFFICERS, PASSWORD, signInAs } from './app.ts'

export const ARCHIVIST = { name: 'wangmin', displayName: '王敏', password: PASSWORD } as const

/** Those who make a change after filing together with the archivist; `own` is the password they choose themselves. */
export const PEOPLE = {
  clerk: { name: 'liufang', displayName: '刘芳', password: 'Shu-Ji-Yuan-Ben-4', own: 'Shu-Ji-Zi-Ji-95' },
  handler: { name: 'chenniwen', displayName: '陈拟文', password: 'Cheng-Ban-Ren-7', own: 'Cheng-Ban-Zi-86' },
  checker: { name: 'huangjian', displayName: '黄检', password: 'He-Dui-Yuan-22', own: 'He-Dui-Zi-Ji-31' },
} as const
export type Staff = keyof typeof PEOPLE
const STAFF = Object.keys(PEOPLE) as Staff[]

/** Accounts as a room makes them, each with a password of its own afterwards; the archivist then stands at the desk. */
export async function staff(launched: Launched): Promise<Readonly<Record<Staff, string>>> {
  const { page, home } = launched
  const ids = { clerk: '', handler: '', checker: '' }
  await signInAs(launched, OFFICERS.system)
  for (const role of STAFF) {
    const { name, displayName, password } = PEOPLE[role]
    const made = await callFrom(page, 'accounts.create', { name, displayName, password, roles: [role] })
    ids[role] = made.id
  }
  await signInAs(launched, OFFICERS.security)
  for (const role of STAFF)
    await callFrom(page, 'accounts.approve', { accountId: ids[role], roles: [role], compartments: ['open'] })
  await signInAs(launched, ARCHIVIST)
  for (const role of STAFF) await callFrom(page, 'accounts.deliverKeys', { accountId: ids[role] })
  for (const role of STAFF) {
    const { name: accountName, password, own: newPassword } = PEOPLE[role]
    await callFrom(page, 'session.signOut', {})
    await callFrom(page, 'session.signIn', { folder: home.vaultFolder, accountName, password, newPassword })
  }
  await signInAs(launched, ARCHIVIST)
  return ids
}

/** The case is theirs: to work in, to decide on, to check. */
export async function assignCase(
  { page }: Launched,
  caseId: string,
  ids: Readonly<Record<Staff, string>>,
): Promise<void> {
  const kinds = { clerk: 'own', handler: 'own', checker: 'assigned' } as const
  for (const role of STAFF)
    await callFrom(page, 'assignments.add', { caseId, accountId: ids[role], kind: kinds[role] })
}

export const signInStaff = (launched: Launched, role: Staff): Promise<void> =>
  signInAs(launched, { name: PEOPLE[role].name, password: PEOPLE[role].own })
