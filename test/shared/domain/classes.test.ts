import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compareSecrecy,
  compartmentOf,
  highestSecrecy,
  longestRetention,
  mayHoldImages,
  PARTY_ROLE_INFO,
  PARTY_ROLES,
  partyRoleLabel,
  RETENTION_CODES,
  RETENTION_LABELS,
  readPartyRole,
  readRetention,
  readSecrecy,
  readVolumeKind,
  retentionPeriod,
  retentionYears,
  SECRECY_LEVEL_INFO,
  SECRECY_LEVELS,
  VOLUME_KIND_INFO,
  VOLUME_KINDS,
} from '../../../shared/domain/index.ts'

describe('retention', () => {
  it('starts on the 1 January after filing and is due when the years are over', () => {
    expect(retentionPeriod('D60', '2023-03-14')).toEqual({ startsOn: '2024-01-01', dueOn: '2084-01-01' })
    expect(retentionPeriod('D30', '2023-01-01')).toEqual({ startsOn: '2024-01-01', dueOn: '2054-01-01' })
  })

  it('can start on the day of filing, the 29 February too', () => {
    expect(retentionPeriod('D10', '2024-02-29', 'filing-day').dueOn).toBe('2034-03-01')
    expect(retentionPeriod('D20', '2024-02-29', 'filing-day').dueOn).toBe('2044-02-29')
  })

  it('never ends when it is permanent', () => {
    expect(retentionPeriod('Y', '2023-03-14').dueOn).toBeNull()
    expect(retentionYears('Y')).toBeNull()
  })

  it('needs a whole date', () => {
    expect(() => retentionPeriod('D10', '2023-03')).toThrow(RangeError)
  })

  it('of several is the longest', () => {
    expect(longestRetention(['D30', 'D60', 'D10'])).toBe('D60')
    expect(longestRetention(['D10', 'Y', 'D60'])).toBe('Y')
    expect(longestRetention([])).toBeNull()
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...RETENTION_CODES), { minLength: 1 }), (codes) => {
        const years = codes.map((code) => retentionYears(code) ?? Number.POSITIVE_INFINITY)
        const longest = longestRetention(codes)
        expect(longest && (retentionYears(longest) ?? Number.POSITIVE_INFINITY)).toBe(Math.max(...years))
      }),
    )
  })

  it.each([
    ['永久', 'Y'],
    ['长期', 'D60'],
    ['短期', 'D30'],
    ['30年', 'D30'],
    ['定期10年', 'D10'],
    ['长期（60年）', 'D60'],
    ['d15', 'D15'],
    ['Ｄ６０', 'D60'],
    ['40年', null],
    ['', null],
  ])('%s is %s', (text, code) => {
    expect(readRetention(text)).toBe(code)
  })

  it('is read from its own label', () => {
    for (const code of RETENTION_CODES) expect(readRetention(RETENTION_LABELS[code].zh)).toBe(code)
  })
})

describe('secrecy', () => {
  it('forbids images from 秘密 up', () => {
    expect(SECRECY_LEVELS.filter(mayHoldImages)).toEqual(['public', 'internal', 'work-secret'])
  })

  it('rises from 公开 to 绝密', () => {
    expect(SECRECY_LEVELS.map((level) => SECRECY_LEVEL_INFO[level].zh)).toEqual([
      '公开',
      '内部',
      '工作秘密',
      '秘密',
      '机密',
      '绝密',
    ])
    expect(compareSecrecy('secret', 'internal')).toBeGreaterThan(0)
    expect(compareSecrecy('public', 'public')).toBe(0)
  })

  it('of a whole is that of its most secret part', () => {
    expect(highestSecrecy(['internal', 'secret', 'public'])).toBe('secret')
    expect(highestSecrecy([])).toBe('public')
  })

  it('is read from its word', () => {
    for (const level of SECRECY_LEVELS) expect(readSecrecy(SECRECY_LEVEL_INFO[level].zh)).toBe(level)
    expect(readSecrecy('很密')).toBeNull()
  })
})

describe('kinds of volumes', () => {
  it('seal 副卷 and 检察内卷 apart from the rest', () => {
    expect(VOLUME_KINDS.filter((kind) => compartmentOf(kind) === 'restricted')).toEqual([
      'sub',
      'procuratorate-internal',
    ])
  })

  it('are read from their word and their mark, which are all different', () => {
    for (const kind of VOLUME_KINDS) {
      expect(readVolumeKind(VOLUME_KIND_INFO[kind].zh)).toBe(kind)
      expect(readVolumeKind(VOLUME_KIND_INFO[kind].mark)).toBe(kind)
    }
    expect(readVolumeKind('卷')).toBeNull()
  })
})

describe('party roles', () => {
  it('are read from every word for them', () => {
    for (const role of PARTY_ROLES)
      for (const word of [PARTY_ROLE_INFO[role].zh, ...PARTY_ROLE_INFO[role].alsoCalled])
        expect(readPartyRole(`${word}：`)).toBe(role)
    expect(readPartyRole('路人')).toBeNull()
  })

  it('have their own words in enforcement', () => {
    expect(partyRoleLabel('applicant', '执行')).toBe('申请执行人')
    expect(partyRoleLabel('respondent', '执行')).toBe('被执行人')
    expect(partyRoleLabel('applicant', '民事')).toBe('申请人')
    expect(partyRoleLabel('plaintiff', '执行')).toBe('原告')
  })
})
