import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { PERMISSIONS, ROLES } from '../../../shared/domain/permission.ts'
import {
  grantText,
  PERMISSION_WORDS,
  permissionGroups,
  ROLE_WORDS,
} from '../../../shared/domain/permission-words.ts'
import { SHIPPED_MATRIX } from '../../../shared/domain/role-matrix.ts'

const CHINESE = /\p{Script=Han}/u

describe('words for rights', () => {
  test('name every permission and role in both languages, no two alike', () => {
    const words = [
      ...PERMISSIONS.map((permission) => PERMISSION_WORDS[permission]),
      ...ROLES.map((role) => ROLE_WORDS[role]),
    ]
    for (const { zh, en } of words) {
      expect(zh).toMatch(CHINESE)
      expect(en).toMatch(/^[A-Z]/)
    }
    expect(new Set(words.map(({ zh }) => zh)).size).toBe(words.length)
    expect(new Set(words.map(({ en }) => en)).size).toBe(words.length)
  })

  test.each([
    ['zh-CN', 'zh'],
    ['en', 'en'],
  ] as const)('are what the screens call the roles (%s)', (language, field) => {
    const file = new URL(`../../../renderer/locales/${language}/common.json`, import.meta.url)
    const { role } = JSON.parse(readFileSync(file, 'utf8')) as { role: unknown }
    expect(role).toEqual(Object.fromEntries(ROLES.map((name) => [name, ROLE_WORDS[name][field]])))
  })

  test('group every permission once, under a Chinese name', () => {
    const groups = permissionGroups()
    expect(groups.flatMap(({ permissions }) => permissions).sort()).toEqual([...PERMISSIONS].sort())
    for (const { words } of groups) expect(words.zh).toMatch(CHINESE)
  })

  test('say a grant in few words, with its conditions', () => {
    expect(grantText(SHIPPED_MATRIX.auditor, 'page.read')).toBe('–')
    const grants = [
      { permission: 'page.read', scope: 'own' },
      {
        permission: 'page.read',
        scope: 'granted',
        compartments: ['open'],
        secrecyUpTo: 'internal',
        statuses: ['filed'],
      },
    ] as const
    expect(grantText(grants, 'page.read')).toBe('本人；授权（正卷、≤内部、已归档）')
  })
})
