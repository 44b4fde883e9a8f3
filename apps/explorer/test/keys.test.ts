/** Names of keys on any keyboard, and the table of keys: every one that was promised is there, none twice. */
import { describe, expect, it } from 'vitest'
import { actOf, CHART_KEYS } from '../src/keys/chart-keys.ts'
import { isSingle, keyName } from '../src/keys/key-name.ts'

const NONE = { code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false }

describe('the name of a key', () => {
  it('is the same on keyboards that write Hindi or Urdu', () => {
    expect(keyName({ ...NONE, key: 'e', code: 'KeyE' })).toBe('E')
    expect(keyName({ ...NONE, key: 'म', code: 'KeyE' })).toBe('E')
    expect(keyName({ ...NONE, key: 'ہ', code: 'KeyH', shiftKey: true })).toBe('Shift+H')
    expect(keyName({ ...NONE, key: '२', code: 'Digit2' })).toBe('2')
    expect(keyName({ ...NONE, key: 'E', code: 'KeyE', shiftKey: true })).toBe('Shift+E')
  })

  it('takes signs for what they say, Ctrl and Cmd for one, and leaves Alt to the browser', () => {
    expect(keyName({ ...NONE, key: '?', code: 'Slash', shiftKey: true })).toBe('?')
    expect(keyName({ ...NONE, key: '+', code: 'Equal', shiftKey: true })).toBe('+')
    expect(keyName({ ...NONE, key: 'z', code: 'KeyZ', metaKey: true, shiftKey: true })).toBe('Ctrl+Shift+Z')
    expect(keyName({ ...NONE, key: ' ', code: 'Space' })).toBe('Space')
    expect(keyName({ ...NONE, key: 'ArrowUp', code: 'ArrowUp', shiftKey: true })).toBe('Shift+ArrowUp')
    expect(keyName({ ...NONE, key: 'f', code: 'KeyF', altKey: true })).toBe(null)
  })

  it('calls single what could be typed or dictated by chance, and nothing else', () => {
    expect(['E', 'Shift+E', '[', '?', '1'].filter((name) => !isSingle(name))).toEqual([])
    expect(['Ctrl+Z', 'ArrowUp', 'Enter', 'Space', 'Backspace', 'Escape', 'Shift+ArrowUp'].filter(isSingle)).toEqual([])
  })
})

describe('the table of keys', () => {
  it('has every key that an analyst was promised', () => {
    const promised = [
      'Enter', 'Space', 'Backspace', 'Ctrl+Z', 'Ctrl+Shift+Z', 'L', 'B', 'P', 'T', '[', ']', 'F', '+', '-', '0', 'S',
      'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Shift+ArrowUp', 'Shift+ArrowDown', 'Shift+ArrowLeft', 'Shift+ArrowRight',
      'E', 'Shift+E', 'H', 'Shift+H', 'U', 'K', 'Ctrl+A', 'I', 'N', 'G', 'Shift+G', '1', '2', '3', '4', '5', 'M', 'X', '?',
    ]
    expect(promised.filter((name) => actOf(name) === undefined)).toEqual([])
    // The page listens for these wherever the focus is.
    const listed = CHART_KEYS.filter(({ on }) => Object.keys(on).length === 0).map(({ shown }) => shown)
    expect(listed).toEqual(['Ctrl K  /', 'F6  Shift F6'])
  })

  it('gives no key two meanings, and names each in the list as it is pressed', () => {
    const names = CHART_KEYS.flatMap(({ on }) => Object.keys(on))
    expect(new Set(names).size).toBe(names.length)
    for (const { shown, on } of CHART_KEYS) for (const name of Object.keys(on)) expect(`${shown} = + ↑ ↓ ← → 1 2 3 4 5`).toContain(name.replace(/Arrow\w+/, '').split('+').filter((part) => part !== '').at(-1) ?? '')
  })
})
