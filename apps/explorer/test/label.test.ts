/** Labels from case data cannot play tricks with direction or length. */
import { describe, expect, it } from 'vitest'
import * as fc from 'fast-check'
import { isolated } from '../src/words/isolated.ts'
import { plainLabel, shortened } from '../src/words/label.ts'

describe('labels', () => {
  it('lose overrides, isolates and control characters', () => {
    expect(plainLabel('Ravi \u202egnik\u202c\u0000\n Das\ufeff')).toBe('Ravi gnik Das')
  })

  it('keep letters of every script, joiners included', () => {
    expect(plainLabel('सुरेश कुमार')).toBe('सुरेश कुमार')
    expect(plainLabel('محمد اسلم')).toBe('محمد اسلم')
    expect(plainLabel('क्\u200dष')).toBe('क्\u200dष')
  })

  it('are cut between letters as a reader counts them', () => {
    expect(shortened('मुख्य आरोपी', 4)).toBe('मुख्य…')
    expect(shortened('short', 20)).toBe('short')
    expect(shortened('x'.repeat(10_000), 24)).toHaveLength(24)
  })

  it('never grow longer than asked and never carry a direction mark', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 2, max: 40 }), (text, most) => {
      const letters = [...new Intl.Segmenter('en').segment(shortened(text, most))]
      expect(letters.length).toBeLessThanOrEqual(most)
      expect(plainLabel(text)).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/u)
    }))
  })

  it('stand isolated from what is about them', () => expect(isolated('اسلم')).toBe('\u2068اسلم\u2069'))
})
