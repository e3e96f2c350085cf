import { describe, expect, it } from 'vitest'
import { commandOf, KEY_SHEET, type KeyPress } from '../../renderer/viewer/keys.ts'

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

describe('keys of the viewer', () => {
  it('turns pages with the arrows and goes by item with Ctrl', () => {
    expect(commandOf(press('ArrowRight'))).toBe('next')
    expect(commandOf(press('ArrowRight', { ctrlKey: true }))).toBe('next-item')
    expect(commandOf(press('ArrowLeft', { metaKey: true }))).toBe('previous-item')
  })

  it('takes letters in either case, and turns the other way with Shift', () => {
    expect(commandOf(press('r'))).toBe('rotate')
    expect(commandOf(press('R', { shiftKey: true }))).toBe('rotate-back')
    expect(commandOf(press('G'))).toBe('go-to')
  })

  it('steps through what was found, forwards and backwards', () => {
    expect(commandOf(press('n'))).toBe('next-hit')
    expect(commandOf(press('N', { shiftKey: true }))).toBe('previous-hit')
    expect(commandOf(press('F3'))).toBe('next-hit')
    expect(commandOf(press('F3', { shiftKey: true }))).toBe('previous-hit')
    expect(commandOf(press('/'))).toBe('find')
    expect(commandOf(press('f', { ctrlKey: true }))).toBe('find')
    expect(commandOf(press('c', { ctrlKey: true }))).toBe('copy')
    expect(commandOf(press('c'))).toBe('cover-alone')
  })

  it('leaves the keys of the program and of the system alone', () => {
    expect(commandOf(press('k', { ctrlKey: true }))).toBeUndefined()
    expect(commandOf(press('r', { ctrlKey: true }))).toBeUndefined()
    expect(commandOf(press('ArrowLeft', { altKey: true }))).toBeUndefined()
    expect(commandOf(press('toString'))).toBeUndefined()
  })

  it('lists no key twice on its sheet', () => {
    const keys = KEY_SHEET.flatMap(({ lines }) => lines.flatMap((line) => line.keys))
    expect(new Set(keys).size).toBe(keys.length)
  })
})
