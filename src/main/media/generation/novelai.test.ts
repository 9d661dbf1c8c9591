import { describe, expect, it } from 'vitest'
import { png, read, text } from './fixtures/carriersOf.ts'

describe('NovelAI', () => {
  const comment = {
    prompt: 'base',
    steps: 28,
    height: 1216,
    width: 832,
    scale: 5,
    seed: 2156638429,
    noise_schedule: 'karras',
    sampler: 'k_euler_ancestral',
    strength: 0.7,
    v4_prompt: {
      caption: {
        base_caption: 'two cats',
        char_captions: [{ char_caption: 'red cat' }, { char_caption: '' }, { char_caption: 'blue cat' }],
      },
    },
    v4_negative_prompt: { caption: { base_caption: 'dogs', char_captions: [{ char_caption: 'hat', centers: [] }] } },
    uc: 'dogs',
  }
  const texts = {
    Title: 'NovelAI generated image',
    Description: 'two cats',
    Software: 'NovelAI',
    Source: 'NovelAI Diffusion V4.5 C02D4F98',
    Comment: JSON.stringify(comment),
  }
  const expected = {
    generator: 'NovelAI',
    prompt: 'two cats\nred cat\nblue cat',
    negative_prompt: 'dogs\nhat',
    model: 'NovelAI Diffusion V4.5',
    model_hash: 'C02D4F98',
    seed: '2156638429',
    sampler: 'k_euler_ancestral',
    scheduler: 'karras',
    steps: 28,
    cfg: 5,
    width: 832,
    height: 1216,
    strength: 0.7,
  }

  it('is read from its texts', () => {
    const record = read(...Object.entries(texts).map(([key, value]) => png(key, value)))
    expect(record).toMatchObject(expected)
    expect(record?.raw.map(({ key }) => key)).toEqual(Object.keys(texts))
  })

  it.each([
    ['exif', 'UserComment'],
    ['stealth:alpha', ''],
  ])('is read from one object in %s %s', (carrier, key) => {
    const record = read(text(carrier, key, JSON.stringify(texts)))
    expect(record).toMatchObject(expected)
    expect(record?.raw).toEqual([{ carrier, key, encoding: 'utf8', data: JSON.stringify(texts) }])
  })

  it('is read in its first form, with the prompt as description', () => {
    const old = { steps: 50, sampler: 'k_lms', seed: 3, strength: 0.4, noise: 0, scale: 10, uc: 'lowres' }
    expect(
      read(
        png('Software', 'NovelAI'),
        png('Description', 'a cat'),
        png('Source', 'Stable Diffusion 1D44365E'),
        png('Comment', JSON.stringify(old)),
      ),
    ).toMatchObject({ prompt: 'a cat', negative_prompt: 'lowres', model: 'Stable Diffusion', cfg: 10, seed: '3' })
  })

  it('is told from its JSON alone', () => {
    expect(read(text('exif', 'UserComment', JSON.stringify(comment)))).toMatchObject({
      generator: 'NovelAI',
      model: null,
    })
  })
})
