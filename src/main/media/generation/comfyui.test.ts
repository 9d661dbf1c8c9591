import { describe, expect, it } from 'vitest'
import type { CarrierText } from '../carriers/carriers.ts'
import { png, read, text } from './fixtures/carriersOf.ts'
import { A1111, GRAPH } from './fixtures/payloadTexts.ts'

describe('ComfyUI', () => {
  const expected = {
    generator: 'ComfyUI',
    prompt: 'a graph',
    negative_prompt: 'no text',
    model: 'graph',
    seed: '7',
    width: 640,
  }

  it.each<[string, CarrierText[]]>([
    ['PNG texts', [png('prompt', GRAPH)]],
    ['EXIF tags with a word in front', [text('exif', 'Model', `prompt:${GRAPH}`)]],
    [
      'EXIF tags of save nodes',
      [text('exif', 'Make', `Prompt: ${GRAPH}`), text('exif', 'ImageDescription', 'Workflow: {}')],
    ],
    [
      'one object in a comment',
      [
        text(
          'mp4:ilst',
          'com.apple.quicktime.comment',
          `{"prompt": ${JSON.stringify(GRAPH)}, "workflow": {"nodes": []}}`,
        ),
      ],
    ],
    ['an object within an object', [text('exif', 'UserComment', `{"prompt": ${GRAPH}}`)]],
    ['a bare graph', [text('matroska:tag', 'COMMENT', GRAPH)]],
    ['tags in capital letters', [text('matroska:tag', 'PROMPT', GRAPH)]],
    ['a graph with NaN', [png('prompt', GRAPH.replace('"cfg":3', '"cfg":3,"is_changed":[NaN]'))]],
  ])('is read from %s', (_, texts) => {
    expect(read(...texts)).toMatchObject(expected)
  })

  it('comes before the text of parameters beside it, which fills what the graph does not say', () => {
    const record = read(png('parameters', A1111), png('prompt', GRAPH))
    expect(record).toMatchObject({ ...expected, model_hash: '45a21ea00a' })
    expect(record?.raw).toHaveLength(2)
  })

  it('takes the text beside a graph whose prompt can not be reached', () => {
    const graph = JSON.stringify({ '9': { class_type: 'SaveImage', inputs: { images: ['1', 0] } } })
    expect(read(png('prompt', graph), png('parameters', A1111))).toMatchObject({
      generator: 'ComfyUI',
      prompt: 'a cat <lora:fur:0.8>',
      negative_prompt: 'dog',
      seed: '42',
    })
  })
})
