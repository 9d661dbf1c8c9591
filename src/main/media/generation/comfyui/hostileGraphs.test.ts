import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { generationSchema } from '../../../../shared/domain/generation.ts'
import { readComfyGraph } from './readComfyGraph.ts'

const node = (class_type: string, inputs: Readonly<Record<string, unknown>> = {}) => ({ class_type, inputs })
const comfySchema = generationSchema.omit({ generator: true, version: true }).strict()

/** Reads it and holds the answer against the schema. */
function read(prompt: string | null, workflow: string | null = null) {
  const facts = readComfyGraph(prompt, workflow)
  if (facts !== null) comfySchema.parse(facts)
  return facts
}

const types = [
  'KSampler',
  'KSamplerAdvanced',
  'SamplerCustomAdvanced',
  'CLIPTextEncode',
  'ConditioningCombine',
  'ConditioningZeroOut',
  'ControlNetApplyAdvanced',
  'LoraLoader',
  'LoRA Stacker',
  'CheckpointLoaderSimple',
  'ModelMergeSimple',
  'EmptyLatentImage',
  'LatentUpscale',
  'LatentComposite',
  'VAEDecode',
  'VAEEncode',
  'SaveImage',
  'PreviewImage',
  'FaceDetailer',
  'Reroute',
  'ImpactSwitch',
  'Any Switch (rgthree)',
  'Text Concatenate',
  'StringFunction|pysssh',
  'Text Find and Replace',
  'Text String',
  'ShowText|pysssh',
  'easy kSampler',
  'Context (rgthree)',
  'CR SDXL Aspect Ratio',
  'PrimitiveNode',
  'GetNode',
  'SetNode',
  'Anything Everywhere',
  'Prompts Everywhere',
  'Seed Everywhere',
  'sub',
  'constructor',
]
const names = [
  'model',
  'model1',
  'model2',
  'clip',
  'vae',
  'positive',
  'negative',
  'conditioning',
  'conditioning_1',
  'conditioning_2',
  'latent_image',
  'samples',
  'samples_to',
  'samples_from',
  'images',
  'image',
  'pixels',
  'text',
  'text_a',
  'text_b',
  'text_c',
  'delimiter',
  'find',
  'replace',
  'action',
  'seed',
  'noise_seed',
  'noise',
  'steps',
  'cfg',
  'denoise',
  'sampler_name',
  'sampler',
  'sigmas',
  'guider',
  'scheduler',
  'width',
  'height',
  'pipe',
  'base_ctx',
  'select',
  'input1',
  'input2',
  'any_01',
  'lora_name',
  'lora_stack',
  'lora_1',
  'loras',
  'lora_count',
  'vae_name',
  'ckpt_name',
  'anything',
  '',
  '__proto__',
  'resolution',
  'add_noise',
]

const literal = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom('enable', 'disable', 'None', 'replace', '1024 x 768', '<lora:a:1>'),
  fc.constant({ on: true, lora: 'x.safetensors', strength: 'much' }),
  fc.jsonValue({ maxDepth: 2 }),
)
const id = fc.integer({ min: 0, max: 14 }).map(String)
const link = fc.tuple(id, fc.integer({ min: 0, max: 3 }))
const inputs = fc.dictionary(fc.constantFrom(...names), fc.oneof({ weight: 3, arbitrary: link }, literal), {
  maxKeys: 12,
})
const apiGraphs = fc.dictionary(id, fc.record({ class_type: fc.constantFrom(...types), inputs }), { maxKeys: 15 })

const uiSlot = fc.record({
  name: fc.constantFrom(...names),
  type: fc.constantFrom('MODEL', 'CLIP', 'CONDITIONING', 'LATENT', 'IMAGE', 'STRING', 'INT', '*'),
  link: fc.option(fc.integer({ min: 0, max: 30 })),
  widget: fc.option(fc.constant({ name: 'x' }), { nil: undefined }),
})
const uiSheets = fc.record({
  id: fc.constant('sub'),
  nodes: fc.array(
    fc.record({
      id: fc.integer({ min: 0, max: 14 }),
      type: fc.constantFrom(...types),
      mode: fc.constantFrom(0, 0, 0, 2, 4),
      inputs: fc.array(uiSlot, { maxLength: 6 }),
      outputs: fc.array(uiSlot, { maxLength: 3 }),
      widgets_values: fc.oneof(
        fc.array(literal, { maxLength: 9 }),
        fc.dictionary(fc.constantFrom(...names), literal),
        literal,
      ),
      properties: fc.dictionary(
        fc.constantFrom('proxyWidgets', 'widget_ue_connectable', 'group_restricted'),
        fc.jsonValue(),
      ),
    }),
    { maxLength: 15 },
  ),
  links: fc.array(
    fc.tuple(
      fc.nat(30),
      fc.integer({ min: -20, max: 14 }),
      fc.nat(3),
      fc.integer({ min: -20, max: 14 }),
      fc.nat(3),
      fc.constantFrom('MODEL', 'IMAGE'),
    ),
    { maxLength: 40 },
  ),
  inputs: fc.array(uiSlot, { maxLength: 4 }),
})
const workflows = fc.record({ ...{ main: uiSheets }, subgraphs: fc.array(uiSheets, { maxLength: 2 }) })

describe('hostile graphs', () => {
  it('gives facts of the right shape for any nodes and links, with cycles, holes and wrong types', () => {
    fc.assert(
      fc.property(apiGraphs, (graph) => {
        read(JSON.stringify(graph))
      }),
      { numRuns: 300 },
    )
  })

  it('gives facts of the right shape for any graph of the window', () => {
    fc.assert(
      fc.property(workflows, ({ main, subgraphs }) => {
        read(null, JSON.stringify({ ...main, definitions: { subgraphs } }))
      }),
      { numRuns: 120 },
    )
  })

  it('gives the same facts for the same graph, whatever stands beside it', () => {
    fc.assert(
      fc.property(apiGraphs, (graph) => {
        const text = JSON.stringify(graph)
        expect(read(text, 'not a graph')).toEqual(read(text))
      }),
      { numRuns: 50 },
    )
  })

  it('is nothing when it was cut off', () => {
    const text = JSON.stringify({
      '1': node('CLIPTextEncode', { text: 'a fox' }),
      '2': node('KSampler', { positive: ['1', 0] }),
    })
    for (let length = 0; length < text.length; length++) expect(read(text.slice(0, length))).toBeNull()
  })

  const tail = {
    sampler: node('KSampler', {
      positive: ['0', 0],
      model: ['0', 0],
      latent_image: ['0', 0],
      seed: ['0', 0],
      steps: 1,
    }),
    save: node('SaveImage', { images: ['sampler', 0] }),
  }
  const chain = (length: number, link: (to: string) => ReturnType<typeof node>, end: ReturnType<typeof node>) => ({
    ...Object.fromEntries(Array.from({ length }, (_, i) => [String(i), link(String(i + 1))])),
    [length]: end,
    ...tail,
  })

  it('follows a chain of 20,000 reroutes', () => {
    const graph = chain(
      20_000,
      (to) => node('Reroute', { '': [to, 0] }),
      node('CLIPTextEncode', { text: 'at the end' }),
    )
    expect(read(JSON.stringify(graph))?.prompt).toBe('at the end')
  })

  it('ends in a chain of 10,000 nodes of all kinds, each linked to the next by everything', () => {
    const link = (to: string) =>
      node(types[Number(to) % types.length] ?? '', {
        select: [to, 0],
        input1: [to, 0],
        base_ctx: [to, 0],
        lora_stack: [to, 0],
        lora_name: 'x',
        model: [to, 0],
        image: [to, 0],
        conditioning_1: [to, 0],
        conditioning_2: [to, 1],
        positive: [to, 0],
        latent_image: [to, 0],
        seed: [to, 0],
        denoise: 0.5,
      })
    const graph = chain(10_000, link, node('CLIPTextEncode', { text: 'at the end' }))
    expect(read(JSON.stringify(graph))).not.toBeNull()
  })

  it.each(['KSampler', 'LoraLoader', 'ImpactSwitch', 'ConditioningCombine', 'Text Concatenate', 'Context (rgthree)'])(
    'ends in a chain of 3,000 %s',
    (type) => {
      const link = (to: string) =>
        node(type, {
          select: [to, 0],
          input1: [to, 0],
          base_ctx: [to, 0],
          lora_stack: [to, 0],
          model: [to, 0],
          text_a: [to, 0],
          text_b: [to, 1],
          conditioning_1: [to, 0],
          conditioning_2: [to, 1],
          latent_image: [to, 0],
          seed: [to, 0],
          denoise: 0.5,
        })
      const graph = chain(3_000, link, node('CLIPTextEncode', { text: 'at the end' }))
      expect(read(JSON.stringify(graph))).not.toBeNull()
    },
  )

  it('ends where every node saves and samples behind every other', () => {
    const graph: Record<string, unknown> = {}
    for (let i = 0; i < 500; i++) {
      graph[`s${i}`] = node('KSampler', {
        positive: [`s${(i * 7) % 500}`, 0],
        latent_image: ['hub', 0],
        seed: i,
        denoise: 0.5,
      })
      graph[`o${i}`] = node('SaveImage', { images: ['hub', 0] })
    }
    graph.hub = node(
      'ImageBatch',
      Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`image${i}`, [`s${i}`, 0]])),
    )
    expect(read(JSON.stringify(graph))).not.toBeNull()
  })

  it('stops texts that double at each step at a million characters', () => {
    const link = (to: string) => node('Text Concatenate', { delimiter: '', text_a: [to, 0], text_b: [to, 0] })
    const prompt = read(JSON.stringify(chain(100, link, node('String Literal', { string: 'abcdefghij' }))))?.prompt
    expect(prompt?.length).toBeLessThanOrEqual(1_000_000)
    expect(prompt).toMatch(/^abcdefghijabcdefghij/)
  })

  it('stops replacements that multiply', () => {
    const link = (to: string) => node('Text Find and Replace', { text: [to, 0], find: 'a', replace: 'a'.repeat(1_000) })
    const prompt = read(JSON.stringify(chain(50, link, node('String Literal', { string: 'a' }))))?.prompt
    expect(prompt?.length).toBeLessThanOrEqual(1_000_000)
  })

  it('reads a node that joins 5,000 long texts', () => {
    const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`text_${i}`, ['long', 0]]))
    const graph = {
      ...tail,
      '0': node('Text Concatenate', { delimiter: ' ', ...wide }),
      long: node('String Literal', { string: 'x'.repeat(50_000) }),
    }
    expect(read(JSON.stringify(graph))?.prompt?.length).toBe(1_000_000)
  })

  it('keeps to what it may open of subgraphs that hold each other many times', () => {
    const many = (type: string) => Array.from({ length: 50 }, (_, i) => ({ id: i, type }))
    const subgraphs = ['a', 'b', 'c'].map((id, index) => ({ id, nodes: many(['b', 'c', 'a'][index] ?? ''), links: [] }))
    expect(read(null, JSON.stringify({ nodes: many('a'), links: [], definitions: { subgraphs } }))).not.toBeNull()
  })

  it('takes __proto__ and constructor for names like any others', () => {
    const text =
      '{"__proto__":{"class_type":"SaveImage","inputs":{"__proto__":["constructor",0],"images":["toString",0]}}}'
    expect(read(text)).toMatchObject({ prompt: null })
    expect(({} as Record<string, unknown>).class_type).toBeUndefined()
  })

  it('reads classes and names of a million characters', () => {
    const long = 'qwen'.repeat(250_000)
    expect(read(JSON.stringify({ '0': node(long, { [long]: ['1', 0], text: 'x' }), ...tail }))).not.toBeNull()
  })

  it('reads a text of unclosed comments', () => {
    const widgets_values = ['/*'.repeat(300_000)]
    expect(
      read(null, JSON.stringify({ nodes: [{ id: 1, type: 'CLIPTextEncode', widgets_values }], links: [] })),
    ).not.toBeNull()
  })
})
