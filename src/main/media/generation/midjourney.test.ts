import { describe, expect, it } from 'vitest'
import { png, read, text } from './fixtures/carriersOf.ts'

describe('Midjourney', () => {
  const job = 'a7421d2f-b262-44f9-977c-ac23e9c7d3e3'

  it('is read from its description', () => {
    const description = `a cat, 3:2 --ar 2:1 --no dogs, hats --stylize 80 --seed 12 --v 6.1 Job ID: ${job}`
    expect(read(png('Description', description), png('Author', 'somebody'))).toMatchObject({
      generator: 'Midjourney',
      version: '6.1',
      model: 'Midjourney 6.1',
      prompt: 'a cat, 3:2',
      negative_prompt: 'dogs, hats',
      seed: '12',
      settings: { '--ar': '2:1', '--stylize': '80', 'Job ID': job, Author: 'somebody' },
      raw: [{ key: 'Description' }, { key: 'Author' }],
    })
    expect(read(png('Description', `a cat --niji 6 --tile Job ID: ${job}`))).toMatchObject({
      model: 'Niji 6',
      prompt: 'a cat',
      settings: { '--tile': 'true' },
    })
    expect(read(text('xmp', 'description', 'a cat --ar 3:2 --v 7'))).toMatchObject({ prompt: 'a cat', version: '7' })
  })

  it('is told from the GUID of a generated picture', () => {
    const type = text(
      'xmp',
      'DigitalSourceType',
      'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia',
    )
    const guid = text('xmp', 'DigImageGUID', job)
    expect(read(guid, type)).toMatchObject({ generator: 'Midjourney', prompt: null, settings: { 'Job ID': job } })
    expect(read(guid)).toBeNull()
    expect(read(guid, type, text('xmp', 'Credit', 'Made with Google AI'))).toMatchObject({ generator: 'Google Gemini' })
  })

  it('is not every text with flags', () => {
    expect(read(png('Description', 'run the tool with --v 2 and be happy'))).toBeNull()
    expect(read(png('Description', 'a manual of --ar and --v'))).toBeNull()
  })
})
