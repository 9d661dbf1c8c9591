import { describe, expect, it } from 'vitest'
import { isPromptText } from './promptText.ts'

const text = (value: string): boolean => isPromptText(Buffer.from(value))

describe('a text beside a picture', () => {
  it('is its prompt when it names steps and a sampler or a seed', () => {
    expect(text('a castle\nNegative prompt: fog\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1')).toBe(true)
    expect(text('a castle\r\nSteps: 20, Seed: 1')).toBe(true)
    expect(text('Steps: 4, Sampler: LCM')).toBe(true)
  })

  it('is its prompt also in UTF-16', () => {
    const value = '\ufeffa castle\nSteps: 20, Seed: 1'
    expect(isPromptText(Buffer.from(value, 'utf16le'))).toBe(true)
    expect(isPromptText(Buffer.from(value, 'utf16le').swap16())).toBe(true)
  })

  it('is a document otherwise', () => {
    for (const value of [
      '',
      'Read me first.',
      'Steps: see below. Seed: bag',
      'Seed: 12',
      'Follow these Steps: 1, 2, 3',
      'Footsteps: 12, Seed: 1',
    ])
      expect(text(value)).toBe(false)
  })
})
