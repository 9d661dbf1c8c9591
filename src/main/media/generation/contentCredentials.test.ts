import { describe, expect, it } from 'vitest'
import { type ContentCredentials, noCarriers } from '../carriers/carriers.ts'
import { carriersOf, png, read, text } from './fixtures/carriersOf.ts'
import { A1111 } from './fixtures/payloadTexts.ts'
import { readGeneration } from './readGeneration.ts'

describe('content credentials', () => {
  const of = (credentials: Partial<ContentCredentials>) =>
    readGeneration({
      ...noCarriers,
      credentials: { claimGenerator: null, softwareAgents: [], digitalSourceTypes: [], ...credentials },
    })

  it.each<[Partial<ContentCredentials>, string, string | null]>([
    [
      {
        claimGenerator: 'ChatGPT',
        softwareAgents: ['GPT-4o', 'OpenAI API'],
        digitalSourceTypes: ['trainedAlgorithmicMedia'],
      },
      'OpenAI',
      'GPT-4o',
    ],
    [{ claimGenerator: 'OpenAI-API c2pa-rs/0.28.4' }, 'OpenAI', null],
    [{ softwareAgents: ['DALL·E'] }, 'OpenAI', 'DALL·E'],
    [
      {
        claimGenerator: 'Google C2PA Core Generator Library',
        softwareAgents: ['Google Generative AI'],
        digitalSourceTypes: ['trainedAlgorithmicMedia'],
      },
      'Google Gemini',
      null,
    ],
    [
      {
        claimGenerator: 'Adobe_Photoshop/26.0',
        softwareAgents: ['Adobe Firefly'],
        digitalSourceTypes: ['compositeWithTrainedAlgorithmicMedia'],
      },
      'Adobe Firefly',
      null,
    ],
    [
      {
        claimGenerator: 'Microsoft_Responsible_AI/1.0',
        softwareAgents: ['Azure OpenAI ImageGen'],
        digitalSourceTypes: ['trainedAlgorithmicMedia'],
      },
      'Microsoft Designer',
      null,
    ],
    [{ softwareAgents: ['Bing Image Creator'] }, 'Microsoft Designer', null],
    [
      { claimGenerator: 'Acme_Image_Maker/2.1 c2pa-rs/0.28.4', digitalSourceTypes: ['trainedAlgorithmicMedia'] },
      'Acme Image Maker',
      null,
    ],
    [{ digitalSourceTypes: ['trainedAlgorithmicMedia'] }, 'Content Credentials', null],
  ])('%j are of %s', (credentials, generator, model) => {
    expect(of(credentials)).toMatchObject({ generator, model, prompt: null, raw: [] })
  })

  it.each<Partial<ContentCredentials>>([
    {},
    { claimGenerator: 'Leica Camera AG M11-P', digitalSourceTypes: ['digitalCapture'] },
    { claimGenerator: 'Google C2PA Core Generator Library', digitalSourceTypes: ['computationalCapture'] },
    { claimGenerator: 'Adobe_Photoshop/26.0', softwareAgents: ['Adobe Photoshop'], digitalSourceTypes: ['humanEdits'] },
    { claimGenerator: 'Adobe_Firefly/1.0' },
    { claimGenerator: 'OpenAI-API', digitalSourceTypes: ['digitalCapture'] },
  ])('%j say nothing of a model', (credentials) => {
    expect(of(credentials)).toBeNull()
  })

  it('say less than the texts of a tool', () => {
    const credentials = { claimGenerator: 'ChatGPT', softwareAgents: [], digitalSourceTypes: [] }
    expect(readGeneration({ ...carriersOf(png('parameters', A1111)), credentials })?.generator).toBe('AUTOMATIC1111')
  })

  it('can be IPTC properties', () => {
    const type = (name: string) =>
      text('xmp', 'DigitalSourceType', `http://cv.iptc.org/newscodes/digitalsourcetype/${name}`)
    expect(read(type('trainedAlgorithmicMedia'))).toMatchObject({ generator: 'Generative AI' })
    expect(
      read(
        type('trainedAlgorithmicMedia'),
        text('xmp', 'AISystemUsed', 'Acme Painter'),
        text('xmp', 'AIPromptInformation', 'a cat'),
      ),
    ).toMatchObject({ generator: 'Acme Painter', prompt: 'a cat' })
    expect(read(type('digitalCapture'))).toBeNull()
  })
})
