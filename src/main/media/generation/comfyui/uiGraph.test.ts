import { describe, expect, it } from 'vitest'
import { readComfyGraph } from './readComfyGraph.ts'

interface TestNode {
  readonly id: number
  readonly type: string
  readonly in?: Readonly<Record<string, readonly [from: number, slot: number, type: string] | string>>
  readonly widgets?: readonly unknown[] | Readonly<Record<string, unknown>>
  readonly out?: readonly string[]
  readonly mode?: number
  /** Fields that the node shows as inputs too, as newer windows save all of them. */
  readonly fields?: readonly string[]
  readonly properties?: Readonly<Record<string, unknown>>
}

/** A sheet of the window; an input given as text is one that nothing is linked to, of that type. */
function sheet(nodes: readonly TestNode[], links: 'lists' | 'objects' = 'lists') {
  const made: unknown[] = []
  let last = 0
  const raw = nodes.map((node) => ({
    id: node.id,
    type: node.type,
    mode: node.mode ?? 0,
    inputs: [
      ...Object.entries(node.in ?? {}).map(([name, from], slot) => {
        const widget = node.fields?.includes(name) ? { widget: { name } } : {}
        if (typeof from === 'string') return { name, type: from, link: null, ...widget }
        last += 1
        const [origin_id, origin_slot, type] = from
        made.push(
          links === 'lists'
            ? [last, origin_id, origin_slot, node.id, slot, type]
            : { id: last, origin_id, origin_slot, target_id: node.id, target_slot: slot, type },
        )
        return { name, type, link: last, ...widget }
      }),
      ...(node.fields ?? [])
        .filter((name) => node.in?.[name] === undefined)
        .map((name) => ({ name, type: 'X', link: null, widget: { name } })),
    ],
    outputs: (node.out ?? []).map((type) => ({ name: type, type })),
    properties: node.properties ?? {},
    widgets_values: node.widgets ?? [],
  }))
  return { nodes: raw, links: made, groups: [], version: 0.4 }
}

const read = (workflow: unknown) => readComfyGraph(null, JSON.stringify(workflow))

const conditioning = (id: number) => [id, 0, 'CONDITIONING'] as const
const loader: TestNode = {
  id: 1,
  type: 'CheckpointLoaderSimple',
  widgets: ['base.safetensors'],
  out: ['MODEL', 'CLIP', 'VAE'],
}
const positive: TestNode = {
  id: 2,
  type: 'CLIPTextEncode',
  in: { clip: [1, 1, 'CLIP'] },
  widgets: ['a fox /* not this */'],
  out: ['CONDITIONING'],
}
const negative: TestNode = {
  id: 3,
  type: 'CLIPTextEncode',
  in: { clip: [1, 1, 'CLIP'] },
  widgets: ['blurry'],
  out: ['CONDITIONING'],
}
const empty: TestNode = { id: 4, type: 'EmptyLatentImage', widgets: [512, 768, 1], out: ['LATENT'] }
const sampler: TestNode = {
  id: 5,
  type: 'KSampler',
  in: { model: [1, 0, 'MODEL'], positive: conditioning(2), negative: conditioning(3), latent_image: [4, 0, 'LATENT'] },
  widgets: [42, 'randomize', 20, 7.5, 'euler', 'normal', 1],
  out: ['LATENT'],
}
const decode: TestNode = {
  id: 6,
  type: 'VAEDecode',
  in: { samples: [5, 0, 'LATENT'], vae: [1, 2, 'VAE'] },
  out: ['IMAGE'],
}
const save: TestNode = { id: 7, type: 'SaveImage', in: { images: [6, 0, 'IMAGE'] }, widgets: ['ComfyUI'] }

/** The default workflow; nodes given replace those of the same id. */
const defaults = (...nodes: readonly TestNode[]): TestNode[] => {
  const replaced = new Set(nodes.map((node) => node.id))
  return [loader, positive, negative, empty, sampler, decode, save]
    .filter((node) => !replaced.has(node.id))
    .concat(nodes)
}

const facts = {
  prompt: 'a fox',
  negative_prompt: 'blurry',
  model: 'base',
  seed: '42',
  steps: 20,
  cfg: 7.5,
  sampler: 'euler',
  scheduler: 'normal',
  width: 512,
  height: 768,
}

describe('the graph of the window', () => {
  it('is read with the fields of known nodes', () => {
    expect(read(sheet(defaults()))).toMatchObject(facts)
  })

  it('is read with links as objects, and with the seed control as a flag or not at all', () => {
    expect(read(sheet(defaults(), 'objects'))).toMatchObject(facts)
    expect(read(sheet(defaults({ ...sampler, widgets: [42, true, 20, 7.5, 'euler', 'normal', 1] })))).toMatchObject(
      facts,
    )
    expect(read(sheet(defaults({ ...sampler, widgets: [42, 20, 7.5, 'euler', 'normal', 1] })))).toMatchObject(facts)
  })

  it('names the fields of unknown nodes by their inputs, as newer windows save them', () => {
    const custom: TestNode = {
      ...sampler,
      type: 'SomebodysRenderer',
      fields: ['scheduler', 'noise_seed', 'steps', 'cfg', 'sampler_name'],
      widgets: ['normal', 42, 'fixed', 20, 7.5, 'euler'],
    }
    expect(read(sheet(defaults(custom)))).toMatchObject(facts)
  })

  it('takes a primitive, also where a field became an input', () => {
    const nodes = defaults(
      { id: 8, type: 'PrimitiveNode', widgets: [77, 'fixed'], out: ['INT'] },
      { ...sampler, in: { ...sampler.in, seed: [8, 0, 'INT'] }, fields: ['seed'] },
    )
    expect(read(sheet(nodes))).toMatchObject({ ...facts, seed: '77' })
  })

  it('is left when the graph that ran is there too', () => {
    const ran = { '1': { class_type: 'CLIPTextEncode', inputs: { text: 'what ran' } } }
    expect(readComfyGraph(JSON.stringify(ran), JSON.stringify(sheet(defaults())))?.prompt).toBe('what ran')
  })

  it('reads fields that are saved by name', () => {
    const video: TestNode = {
      id: 7,
      type: 'VHS_VideoCombine',
      in: { images: [6, 0, 'IMAGE'] },
      widgets: { frame_rate: 8, save_output: true },
    }
    expect(read(sheet(defaults(video)))).toMatchObject(facts)
  })
})

describe('links that the window resolves', () => {
  it('follows reroutes and the Get and Set nodes of KJNodes', () => {
    const nodes = defaults(
      { id: 8, type: 'Reroute', in: { '': conditioning(2) }, out: ['*'] },
      { id: 9, type: 'SetNode', in: { CONDITIONING: conditioning(8) }, widgets: ['words'] },
      { id: 10, type: 'GetNode', widgets: ['words'], out: ['CONDITIONING'] },
      { ...sampler, in: { ...sampler.in, positive: conditioning(10) } },
    )
    expect(read(sheet(nodes))).toMatchObject(facts)
  })

  it('passes through a bypassed node and leaves out its work', () => {
    const lora: TestNode = {
      id: 8,
      type: 'LoraLoader',
      in: { clip: [1, 1, 'CLIP'], model: [1, 0, 'MODEL'] },
      widgets: ['ink.safetensors', 0.8, 1],
      out: ['MODEL', 'CLIP'],
    }
    const through = { ...sampler, in: { ...sampler.in, model: [8, 0, 'MODEL'] as const } }
    expect(read(sheet(defaults(lora, through)))).toMatchObject({ ...facts, loras: [{ name: 'ink', weight: 0.8 }] })
    expect(read(sheet(defaults({ ...lora, mode: 4 }, through)))).toMatchObject({ ...facts, loras: [] })
  })

  it('cuts at a muted node', () => {
    expect(read(sheet(defaults({ ...negative, mode: 2 })))).toMatchObject({ prompt: 'a fox', negative_prompt: null })
  })

  it('does not take a muted save for the output', () => {
    const nodes = defaults(
      { ...sampler, id: 8, widgets: [5, 'fixed', 1, 1, 'euler', 'normal', 1] },
      { ...decode, id: 9, in: { samples: [8, 0, 'LATENT'], vae: [1, 2, 'VAE'] } },
      { ...save, id: 10, in: { images: [9, 0, 'IMAGE'] }, mode: 2 },
    )
    expect(read(sheet(nodes))?.seed).toBe('42')
  })

  it('fills free inputs from Anything Everywhere, Prompts Everywhere and Seed Everywhere', () => {
    const nodes = defaults(
      { id: 8, type: 'Anything Everywhere', in: { anything: [1, 0, 'MODEL'] } },
      { id: 9, type: 'Prompts Everywhere', in: { '+ve': conditioning(2), '-ve': conditioning(3) } },
      { id: 10, type: 'Seed Everywhere', widgets: [77, 'fixed'] },
      {
        ...sampler,
        in: {
          model: 'MODEL',
          positive: 'CONDITIONING',
          negative: 'CONDITIONING',
          latent_image: [4, 0, 'LATENT'],
          seed: 'INT',
        },
        fields: ['seed'],
      },
    )
    expect(read(sheet(nodes))).toMatchObject({ ...facts, seed: '77' })
  })

  it('sends nothing from an Anything Everywhere that is restricted by a pattern', () => {
    const nodes = defaults(
      { id: 8, type: 'Anything Everywhere?', in: { anything: [1, 0, 'MODEL'] }, widgets: ['(a+)+$', '.*', '.*'] },
      { ...sampler, in: { ...sampler.in, model: 'MODEL' } },
    )
    expect(read(sheet(nodes))?.model).toBeNull()
  })
})

describe('subgraphs', () => {
  const inner = {
    ...sheet(
      [
        {
          ...positive,
          in: { clip: [1, 1, 'CLIP'], text: [-10, 0, 'STRING'] },
          fields: ['text'],
          widgets: ['a default'],
        },
        negative,
        loader,
        empty,
        { ...sampler, in: { ...sampler.in, seed: [-10, 1, 'INT'] }, fields: ['seed'] },
        decode,
        { id: -20, type: 'out', in: { IMAGE: [6, 0, 'IMAGE'] } },
      ],
      'objects',
    ),
    id: 'aaaa-bbbb',
    inputs: [{ name: 'text' }, { name: 'seed' }],
  }
  const nodes = inner.nodes.filter((node) => node.id !== -20)
  const definitions = { subgraphs: [{ ...inner, nodes }] }
  const instance = (inputs: TestNode['in'], widgets: readonly unknown[]): TestNode => ({
    id: 75,
    type: 'aaaa-bbbb',
    in: inputs ?? {},
    out: ['IMAGE'],
    widgets,
    properties: {
      proxyWidgets: [
        ['-1', 'text'],
        ['-1', 'seed'],
      ],
    },
  })
  const outer = (...more: readonly TestNode[]) => ({
    ...sheet([{ ...save, in: { images: [75, 0, 'IMAGE'] } }, ...more]),
    definitions,
  })

  it('are opened, with the fields on their own node', () => {
    expect(read(outer(instance({}, ['a fox', 42])))).toMatchObject(facts)
  })

  it('take what is linked to them from outside', () => {
    const words: TestNode = { id: 9, type: 'PrimitiveStringMultiline', widgets: ['a fox'], out: ['STRING'] }
    expect(read(outer(words, instance({ text: [9, 0, 'STRING'] }, [null, 42])))).toMatchObject(facts)
  })

  it('end when one holds itself', () => {
    const looped = { ...inner, nodes: [...nodes, ...sheet([instance({}, ['a fox', 42])]).nodes] }
    expect(read({ ...outer(instance({}, ['a fox', 42])), definitions: { subgraphs: [looped] } })).toMatchObject(facts)
  })
})
