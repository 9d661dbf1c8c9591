import { describe, expect, it } from 'vitest'
import { readComfyGraph } from './readComfyGraph.ts'

type TestGraph = Readonly<
  Record<string, { readonly class_type: string; readonly inputs: Readonly<Record<string, unknown>> }>
>

const node = (class_type: string, inputs: Readonly<Record<string, unknown>> = {}) => ({ class_type, inputs })
const read = (graph: TestGraph) => readComfyGraph(JSON.stringify(graph), null)

/** A graph whose prompt is the text at `["text", 0]`, whose seed `["seed", 0]`, whose model `["model", 0]` … if given. */
const around = (nodes: TestGraph, inputs: Readonly<Record<string, unknown>> = {}): TestGraph => ({
  checkpoint: node('CheckpointLoaderSimple', { ckpt_name: 'base.safetensors' }),
  negative: node('CLIPTextEncode', { text: 'blurry', clip: ['checkpoint', 1] }),
  positive: node('CLIPTextEncode', { text: 'text' in nodes ? ['text', 0] : 'a fox', clip: ['checkpoint', 1] }),
  empty: node('EmptyLatentImage', { width: 512, height: 512, batch_size: 1 }),
  sampler: node('KSampler', {
    model: 'model' in nodes ? ['model', 0] : ['checkpoint', 0],
    positive: ['positive', 0],
    negative: ['negative', 0],
    latent_image: 'latent' in nodes ? ['latent', 0] : ['empty', 0],
    seed: 'seed' in nodes ? ['seed', 0] : 1,
    steps: 20,
    cfg: 7,
    sampler_name: 'euler',
    scheduler: 'normal',
    denoise: 1,
    ...inputs,
  }),
  decode: node('VAEDecode', { samples: ['sampler', 0], vae: ['checkpoint', 2] }),
  save: node('SaveImage', { images: ['decode', 0] }),
  ...nodes,
})

describe('string nodes', () => {
  const literal = (text: string) => node('PrimitiveStringMultiline', { value: text })
  it.each<[string, TestGraph, string | null]>([
    ['a primitive', { text: literal('a fox') }, 'a fox'],
    ['Text Multiline', { text: node('Text Multiline', { text: 'a fox' }) }, 'a fox'],
    ['String Literal', { text: node('String Literal', { string: 'a fox' }) }, 'a fox'],
    ['CR Prompt Text', { text: node('CR Prompt Text', { prompt: 'a fox' }) }, 'a fox'],
    ['easy positive', { text: node('easy positive', { positive: 'a fox' }) }, 'a fox'],
    ['ttN text', { text: node('ttN text', { text: 'a fox' }) }, 'a fox'],
    ['a reroute', { text: node('Reroute', { '': ['a', 0] }), a: literal('a fox') }, 'a fox'],
    [
      'Text Concatenate of WAS, with a delimiter and an empty piece',
      {
        a: literal('a fox'),
        b: literal('in snow'),
        none: literal(''),
        text: node('Text Concatenate', {
          delimiter: ', ',
          clean_whitespace: 'true',
          text_b: ['b', 0],
          text_a: ['a', 0],
          text_c: ['none', 0],
        }),
      },
      'a fox, in snow',
    ],
    [
      'a line break as delimiter',
      {
        a: literal('one'),
        b: literal('two'),
        text: node('Text Concatenate', { delimiter: '\\n', text_a: ['a', 0], text_b: ['b', 0] }),
      },
      'one\ntwo',
    ],
    [
      'StringConcatenate',
      { text: node('StringConcatenate', { string_a: 'a', string_b: 'b', delimiter: ' + ' }) },
      'a + b',
    ],
    [
      'JoinStringMulti with ten pieces',
      {
        text: node('JoinStringMulti', {
          inputcount: 10,
          ...Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`string_${i + 1}`, `p${i + 1}`])),
          delimiter: ' ',
        }),
      },
      'p1 p2 p3 p4 p5 p6 p7 p8 p9 p10',
    ],
    [
      'StringFunction|pysssh that appends',
      {
        text: node('StringFunction|pysssh', {
          action: 'append',
          tidy_tags: 'yes',
          text_a: 'a fox',
          text_b: 'snow',
          text_c: '',
          result: 'of an older run',
        }),
      },
      'a fox, snow',
    ],
    [
      'StringFunction|pysssh that replaces',
      {
        text: node('StringFunction|pysssh', {
          action: 'replace',
          tidy_tags: 'no',
          text_a: 'a cat',
          text_b: 'cat',
          text_c: 'fox',
        }),
      },
      'a fox',
    ],
    [
      'Text Find and Replace',
      {
        a: literal('a cat, a cat'),
        text: node('Text Find and Replace', { text: ['a', 0], find: 'cat', replace: 'fox' }),
      },
      'a fox, a fox',
    ],
    [
      'ImpactWildcardProcessor, as it was filled in',
      {
        text: node('ImpactWildcardProcessor', {
          wildcard_text: 'a {fox|cat}',
          populated_text: 'a fox',
          mode: 'populate',
          seed: 3,
        }),
      },
      'a fox',
    ],
    [
      'a template that is filled in later',
      { text: node('DPRandomGenerator', { text: 'a {fox|cat}', seed: 3 }) },
      'a {fox|cat}',
    ],
    [
      'ImpactSwitch',
      {
        a: literal('first'),
        b: literal('second'),
        text: node('ImpactSwitch', { select: 2, sel_mode: false, input1: ['a', 0], input2: ['b', 0] }),
      },
      'second',
    ],
    [
      'a switch whose selector is linked',
      {
        a: literal('first'),
        b: literal('second'),
        which: node('PrimitiveInt', { value: 1 }),
        text: node('CR Text Input Switch', { Input: ['which', 0], text1: ['a', 0], text2: ['b', 0] }),
      },
      'first',
    ],
    [
      'a switch with a flag',
      {
        a: literal('yes'),
        b: literal('no'),
        text: node('ComfySwitchNode', { switch: false, on_true: ['a', 0], on_false: ['b', 0] }),
      },
      'no',
    ],
    [
      'Any Switch of rgthree: the first that is there',
      { b: literal('second'), text: node('Any Switch (rgthree)', { any_01: ['gone', 0], any_02: ['b', 0] }) },
      'second',
    ],
    ['a switch whose choice is cut', { text: node('ImpactSwitch', { select: 2, input1: ['positive', 0] }) }, null],
    [
      'Show Text',
      { a: literal('a fox'), text: node('ShowText|pysssh', { text: ['a', 0], text_0: 'of an older run' }) },
      'a fox',
    ],
    [
      'the fourth output of Text String',
      {
        a: node('Text String', { text: 'a', text_b: 'b', text_c: 'c', text_d: 'd' }),
        text: node('Reroute', { '': ['a', 3] }),
      },
      'd',
    ],
    [
      'a styler with both prompts',
      { text: node('SDXLPromptStyler', { text_positive: 'a fox', text_negative: 'bad', style: 'base' }) },
      'a fox',
    ],
    [
      'a language model, whose answer is not in the file',
      { text: node('OllamaGenerate', { prompt: 'Describe a fox' }) },
      null,
    ],
    ['a captioner', { text: node('Florence2Run', { text_input: 'caption', image: ['x', 0] }) }, null],
  ])('reads %s', (_what, nodes, prompt) => {
    expect(read(around(nodes))?.prompt).toBe(prompt)
  })

  it('takes what a language model said from the display behind it, as the window saved it', () => {
    const graph = around({
      '7': node('OllamaGenerate', { prompt: 'Describe a fox' }),
      '8': node('ShowText|pysssh', { text: ['7', 0], text_0: 'of an older run' }),
      positive: node('CLIPTextEncode', { text: ['8', 0], clip: ['checkpoint', 1] }),
    })
    const window = {
      nodes: [{ id: 8, type: 'ShowText|pysssh', widgets_values: [['A red fox in deep snow']] }],
      links: [],
    }
    expect(readComfyGraph(JSON.stringify(graph), JSON.stringify(window))?.prompt).toBe('A red fox in deep snow')
  })
})

describe('seeds and numbers', () => {
  it.each<[string, TestGraph]>([
    ['Seed (rgthree)', { seed: node('Seed (rgthree)', { seed: 77 }) }],
    ['easy seed', { seed: node('easy seed', { seed: 77, control_before_generate: 'fixed' }) }],
    ['CR Seed', { seed: node('CR Seed', { seed: 77 }) }],
    ['PrimitiveInt', { seed: node('PrimitiveInt', { value: 77 }) }],
    ['a reroute to a constant', { seed: node('Reroute', { '': ['c', 0] }), c: node('INTConstant', { value: 77 }) }],
    ['Seed Everywhere', { seed: node('Seed Everywhere', { seed: 77 }) }],
  ])('reads the seed of %s', (_what, nodes) => {
    expect(read(around(nodes))?.seed).toBe('77')
  })

  it('knows no number that is worked out when it runs', () => {
    const facts = read(around({ seed: node('SimpleMath+', { value: 'a*2', a: 5 }) }))
    expect(facts?.seed).toBeNull()
  })

  it.each<[string, TestGraph, number | null, number | null]>([
    [
      'a choice of sizes',
      {
        latent: node('SDXLEmptyLatentSizePicker+', {
          resolution: '832x1216 (0.68)',
          batch_size: 1,
          width_override: 0,
          height_override: 0,
        }),
      },
      832,
      1216,
    ],
    [
      'a choice that is overridden',
      {
        latent: node('SDXLEmptyLatentSizePicker+', {
          resolution: '832x1216 (0.68)',
          width_override: 640,
          height_override: 480,
        }),
      },
      640,
      480,
    ],
    [
      'linked aspect ratio, swapped',
      {
        ratio: node('CR SDXL Aspect Ratio', {
          width: 1024,
          height: 1024,
          aspect_ratio: '3:4 portrait 896x1152',
          swap_dimensions: 'On',
        }),
        latent: node('EmptyLatentImage', { width: ['ratio', 0], height: ['ratio', 1], batch_size: 1 }),
      },
      1152,
      896,
    ],
    [
      'a custom aspect ratio',
      {
        ratio: node('CR SDXL Aspect Ratio', {
          width: 1000,
          height: 600,
          aspect_ratio: 'custom',
          swap_dimensions: 'Off',
        }),
        latent: node('EmptyLatentImage', { width: ['ratio', 0], height: ['ratio', 1], batch_size: 1 }),
      },
      1000,
      600,
    ],
    [
      'the size of another picture',
      {
        size: node('GetImageSize', { image: ['load', 0] }),
        load: node('LoadImage', { image: 'x.png' }),
        latent: node('EmptyLatentImage', { width: ['size', 0], height: ['size', 1], batch_size: 1 }),
      },
      null,
      null,
    ],
  ])('reads %s', (_what, nodes, width, height) => {
    expect(read(around(nodes))).toMatchObject({ width, height })
  })
})

describe('LoRA loaders', () => {
  const base = { model: ['checkpoint', 0], clip: ['checkpoint', 1] }
  it.each<[string, TestGraph, unknown]>([
    [
      'Power Lora Loader of rgthree, without those that are off',
      {
        model: node('Power Lora Loader (rgthree)', {
          PowerLoraLoaderHeaderWidget: { type: 'PowerLoraLoaderHeaderWidget' },
          lora_1: { on: true, lora: 'x\\ink.safetensors', strength: 0.7 },
          lora_2: { on: false, lora: 'off.safetensors', strength: 1 },
          lora_3: { on: true, lora: 'detail.safetensors', strength: 1, strengthTwo: 0.5 },
          '➕ Add Lora': '',
          ...base,
        }),
      },
      [
        { name: 'ink', weight: 0.7 },
        { name: 'detail', weight: 1 },
      ],
    ],
    [
      'the stack of rgthree, without none and strength 0',
      {
        model: node('Lora Loader Stack (rgthree)', {
          lora_01: 'ink.safetensors',
          strength_01: 0.7,
          lora_02: 'None',
          strength_02: 1,
          lora_03: 'nil.safetensors',
          strength_03: 0,
          ...base,
        }),
      },
      [{ name: 'ink', weight: 0.7 }],
    ],
    [
      'stacks of Efficiency and CR behind an apply node',
      {
        cr: node('CR LoRA Stack', {
          switch_1: 'On',
          lora_name_1: 'one.safetensors',
          model_weight_1: 0.4,
          clip_weight_1: 1,
          switch_2: 'Off',
          lora_name_2: 'two.safetensors',
          model_weight_2: 1,
          clip_weight_2: 1,
        }),
        stack: node('LoRA Stacker', {
          input_mode: 'simple',
          lora_count: 1,
          lora_name_1: 'three.safetensors',
          lora_wt_1: 0.9,
          model_str_1: 0.1,
          lora_name_2: 'beyond the count.safetensors',
          lora_wt_2: 1,
          lora_stack: ['cr', 0],
        }),
        model: node('CR Apply LoRA Stack', { lora_stack: ['stack', 0], ...base }),
      },
      [
        { name: 'one', weight: 0.4 },
        { name: 'three', weight: 0.9 },
      ],
    ],
    [
      'LoRA Manager',
      {
        model: node('Lora Loader (LoraManager)', {
          text: '<lora:ink:0.7>',
          loras: {
            __value__: [
              { name: 'ink', strength: 0.7, active: true },
              { name: 'off', strength: 1, active: false },
            ],
          },
          ...base,
        }),
      },
      [{ name: 'ink', weight: 0.7 }],
    ],
    [
      'tags in a text',
      { model: node('LoraTagLoader', { text: 'a fox <lora:ink:0.7>', ...base }) },
      [{ name: 'ink', weight: 0.7 }],
    ],
    [
      'a wildcard that was filled in with a tag',
      {
        model: node('ImpactWildcardEncode', {
          wildcard_text: '__style__',
          populated_text: 'a fox <lora:ink:0.7>',
          ...base,
        }),
      },
      [{ name: 'ink', weight: 0.7 }],
    ],
  ])('reads %s', (_what, nodes, loras) => {
    expect(read(around(nodes))).toMatchObject({ model: 'base', loras })
  })
})

describe('pipes', () => {
  it('reads Efficient Loader and KSampler (Efficient)', () => {
    const facts = read({
      loader: node('Efficient Loader', {
        ckpt_name: 'base.safetensors',
        vae_name: 'Baked VAE',
        clip_skip: -2,
        lora_name: 'ink.safetensors',
        lora_model_strength: 0.6,
        lora_clip_strength: 1,
        positive: 'a fox',
        negative: ['words', 0],
        empty_latent_width: 640,
        empty_latent_height: 960,
        batch_size: 1,
      }),
      words: node('easy negative', { negative: 'blurry' }),
      sampler: node('KSampler (Efficient)', {
        seed: 5,
        steps: 12,
        cfg: 2,
        sampler_name: 'dpmpp_sde',
        scheduler: 'karras',
        denoise: 1,
        preview_method: 'auto',
        vae_decode: 'true',
        model: ['loader', 0],
        positive: ['loader', 1],
        negative: ['loader', 2],
        latent_image: ['loader', 3],
        optional_vae: ['loader', 4],
      }),
      save: node('Image Save', { images: ['sampler', 5], output_path: 'x' }),
    })
    expect(facts).toMatchObject({
      prompt: 'a fox',
      negative_prompt: 'blurry',
      model: 'base',
      loras: [{ name: 'ink', weight: 0.6 }],
      vae: null,
      seed: '5',
      steps: 12,
      width: 640,
      height: 960,
    })
  })

  it('reads the loader, settings and sampler of Easy-Use through their pipe', () => {
    const facts = read({
      '1': node('easy fullLoader', {
        ckpt_name: 'base.safetensors',
        vae_name: 'vae/nice.safetensors',
        lora_name: 'None',
        resolution: '832 x 1216',
        empty_latent_width: 512,
        empty_latent_height: 512,
        positive: 'a fox',
        negative: 'blurry',
        batch_size: 1,
      }),
      '2': node('easy preSampling', {
        pipe: ['1', 0],
        steps: 25,
        cfg: 7,
        sampler_name: 'dpmpp_2m',
        scheduler: 'karras',
        denoise: 1,
        seed: 12345,
      }),
      '3': node('easy kSampler', { pipe: ['2', 0], image_output: 'Hide', link_id: 0, save_prefix: 'x' }),
      '4': node('SaveImage', { images: ['3', 1] }),
    })
    expect(facts).toMatchObject({
      prompt: 'a fox',
      negative_prompt: 'blurry',
      model: 'base',
      vae: 'nice',
      seed: '12345',
      steps: 25,
      sampler: 'dpmpp_2m',
      scheduler: 'karras',
      width: 832,
      height: 1216,
    })
  })

  it('reads through Impact pipes and rgthree contexts', () => {
    const facts = read(
      around(
        {
          pipe: node('ToBasicPipe', {
            model: ['checkpoint', 0],
            clip: ['checkpoint', 1],
            vae: ['checkpoint', 2],
            positive: ['positive', 0],
            negative: ['negative', 0],
          }),
          from: node('FromBasicPipe_v2', { basic_pipe: ['pipe', 0] }),
          context: node('Context Big (rgthree)', { positive: ['from', 4], negative: ['from', 5], model: ['from', 1] }),
          again: node('Context (rgthree)', { base_ctx: ['context', 0] }),
        },
        { model: ['again', 1], positive: ['again', 4], negative: ['again', 5] },
      ),
    )
    expect(facts).toMatchObject({ prompt: 'a fox', negative_prompt: 'blurry', model: 'base' })
  })
})

describe('samplers of parts', () => {
  const flux = (inputs: Readonly<Record<string, unknown>> = {}): TestGraph => ({
    '1': node('UNETLoader', { unet_name: 'flux1-dev.safetensors', weight_dtype: 'default' }),
    '2': node('DualCLIPLoader', { clip_name1: 't5xxl.safetensors', clip_name2: 'clip_l.safetensors', type: 'flux' }),
    '3': node('VAELoader', { vae_name: 'ae.safetensors' }),
    '4': node('CLIPTextEncode', { text: 'a fox', clip: ['2', 0] }),
    '5': node('FluxGuidance', { conditioning: ['4', 0], guidance: 3.5 }),
    '6': node('BasicGuider', { model: ['10', 0], conditioning: ['5', 0] }),
    '7': node('RandomNoise', { noise_seed: 1000102404233412 }),
    '8': node('KSamplerSelect', { sampler_name: 'euler' }),
    '9': node('BasicScheduler', { model: ['10', 0], scheduler: 'simple', steps: 20, denoise: 1 }),
    '10': node('LoraLoaderModelOnly', { model: ['1', 0], lora_name: 'ink.safetensors', strength_model: 1 }),
    '11': node('EmptySD3LatentImage', { width: 1024, height: 768, batch_size: 1 }),
    '12': node('SamplerCustomAdvanced', {
      noise: ['7', 0],
      guider: ['6', 0],
      sampler: ['8', 0],
      sigmas: ['9', 0],
      latent_image: ['11', 0],
      ...inputs,
    }),
    '13': node('VAEDecode', { samples: ['12', 0], vae: ['3', 0] }),
    '14': node('SaveImage', { images: ['13', 0] }),
  })

  it('reads Flux with its noise, guider, sampler and sigmas', () => {
    expect(read(flux())).toMatchObject({
      prompt: 'a fox',
      negative_prompt: null,
      model: 'flux1-dev',
      seed: '1000102404233412',
      sampler: 'euler',
      scheduler: 'simple',
      steps: 20,
      cfg: null,
      width: 1024,
      height: 768,
      vae: 'ae',
      loras: [{ name: 'ink', weight: 1 }],
      settings: { guidance: '3.5' },
    })
  })

  it('reads a guider with cfg, split sigmas and a scheduler that has no choice', () => {
    const facts = read({
      ...flux({ guider: ['20', 0], sigmas: ['22', 0], sampler: ['23', 0] }),
      '20': node('CFGGuider', { model: ['1', 0], positive: ['4', 0], negative: ['21', 0], cfg: 4.5 }),
      '21': node('CLIPTextEncode', { text: 'blurry', clip: ['2', 0] }),
      '22': node('SplitSigmas', { sigmas: ['24', 0], step: 10 }),
      '23': node('SamplerEulerAncestral', { eta: 1, s_noise: 1 }),
      '24': node('AlignYourStepsScheduler', { model_type: 'SDXL', steps: 10, denoise: 1 }),
    })
    expect(facts).toMatchObject({
      negative_prompt: 'blurry',
      cfg: 4.5,
      steps: 10,
      scheduler: 'AlignYourStepsScheduler',
      sampler: 'SamplerEulerAncestral',
    })
  })

  it('tells the pass that drew the first part of split sigmas', () => {
    const facts = read({
      ...flux({ sigmas: ['22', 0] }),
      '22': node('SplitSigmas', { sigmas: ['9', 0], step: 10 }),
      '30': node('SamplerCustomAdvanced', {
        noise: ['31', 0],
        guider: ['6', 0],
        sampler: ['8', 0],
        sigmas: ['22', 1],
        latent_image: ['12', 0],
      }),
      '31': node('DisableNoise'),
      '13': node('VAEDecode', { samples: ['30', 0], vae: ['3', 0] }),
    })
    expect(facts).toMatchObject({ seed: '1000102404233412', width: 1024, strength: null })
    expect(Object.keys(facts?.settings ?? {})).toContain('pass 2')
  })

  it('reads the video nodes of WanVideoWrapper', () => {
    const facts = read({
      lora: node('WanVideoLoraSelect', { lora: 'speed.safetensors', strength: 0.9, prev_lora: ['lora0', 0] }),
      lora0: node('WanVideoLoraSelect', { lora: 'style.safetensors', strength: 0.5 }),
      model: node('WanVideoModelLoader', {
        model: 'wan\\wan2.1_14B.safetensors',
        base_precision: 'bf16',
        lora: ['lora', 0],
      }),
      vae: node('WanVideoVAELoader', { model_name: 'wan_vae.safetensors', precision: 'bf16' }),
      words: node('WanVideoTextEncode', { positive_prompt: 'a fox runs', negative_prompt: 'static', t5: ['t5', 0] }),
      size: node('WanVideoEmptyEmbeds', { width: 832, height: 480, num_frames: 81 }),
      sampler: node('WanVideoSampler', {
        model: ['model', 0],
        text_embeds: ['words', 0],
        image_embeds: ['size', 0],
        steps: 30,
        cfg: 6,
        shift: 5,
        seed: 9,
        scheduler: 'unipc',
      }),
      decode: node('WanVideoDecode', { vae: ['vae', 0], samples: ['sampler', 0] }),
      save: node('VHS_VideoCombine', { images: ['decode', 0], frame_rate: 16, save_output: true }),
    })
    expect(facts).toMatchObject({
      prompt: 'a fox runs',
      negative_prompt: 'static',
      model: 'wan2.1_14B',
      loras: [
        { name: 'style', weight: 0.5 },
        { name: 'speed', weight: 0.9 },
      ],
      vae: 'wan_vae',
      seed: '9',
      steps: 30,
      cfg: 6,
      width: 832,
      height: 480,
      settings: { shift: '5' },
    })
  })

  it('reads Wan 2.2, whose low-noise model finishes what the high-noise model began', () => {
    const advanced = (inputs: Readonly<Record<string, unknown>>) =>
      node('KSamplerAdvanced', {
        positive: ['i2v', 0],
        negative: ['i2v', 1],
        steps: 20,
        cfg: 3.5,
        sampler_name: 'euler',
        scheduler: 'simple',
        ...inputs,
      }) // prettier-ignore
    const facts = read(
      around({
        high: node('UNETLoader', { unet_name: 'wan2.2_high.safetensors' }),
        low: node('UNETLoader', { unet_name: 'wan2.2_low.safetensors' }),
        load: node('LoadImage', { image: 'start.png' }),
        i2v: node('WanImageToVideo', {
          positive: ['positive', 0],
          negative: ['negative', 0],
          vae: ['v', 0],
          start_image: ['load', 0],
          width: 640,
          height: 640,
          length: 81,
        }),
        first: advanced({
          model: ['high', 0],
          latent_image: ['i2v', 2],
          add_noise: 'enable',
          noise_seed: 3,
          start_at_step: 0,
          end_at_step: 10,
        }), // prettier-ignore
        sampler: advanced({
          model: ['low', 0],
          latent_image: ['first', 0],
          add_noise: 'disable',
          noise_seed: 0,
          start_at_step: 10,
        }), // prettier-ignore
        video: node('CreateVideo', { images: ['decode', 0], fps: 16 }),
        save: node('SaveVideo', { video: ['video', 0], filename_prefix: 'video/x' }),
      }),
    )
    expect(facts).toMatchObject({
      prompt: 'a fox',
      negative_prompt: 'blurry',
      model: 'wan2.2_high',
      seed: '3',
      width: 640,
      height: 640,
      strength: null,
    })
    expect(facts?.settings['pass 2']).toContain('model wan2.2_low')
  })

  it('reads Stable Cascade by its stage C', () => {
    const facts = read(
      around({
        stageB: node('CheckpointLoaderSimple', { ckpt_name: 'stage_b.safetensors' }),
        latents: node('StableCascade_EmptyLatentImage', { width: 1024, height: 1024, compression: 42, batch_size: 1 }),
        stageC: node('KSampler', {
          model: ['checkpoint', 0],
          positive: ['positive', 0],
          negative: ['negative', 0],
          latent_image: ['latents', 0],
          seed: 33,
          steps: 20,
          cfg: 4,
          sampler_name: 'euler',
          scheduler: 'simple',
          denoise: 1,
        }),
        zero: node('ConditioningZeroOut', { conditioning: ['positive', 0] }),
        cond: node('StableCascade_StageB_Conditioning', { conditioning: ['zero', 0], stage_c: ['stageC', 0] }),
        sampler: node('KSampler', {
          model: ['stageB', 0],
          positive: ['cond', 0],
          negative: ['zero', 0],
          latent_image: ['latents', 1],
          seed: 44,
          steps: 10,
          cfg: 1.1,
          sampler_name: 'euler',
          scheduler: 'simple',
          denoise: 1,
        }),
      }),
    )
    expect(facts).toMatchObject({ prompt: 'a fox', model: 'base', seed: '33', steps: 20, width: 1024 })
  })
})

describe('other makers', () => {
  it('reads a node that calls a service', () => {
    const facts = read({
      '1': node('FluxProUltraImageNode', { prompt: 'a fox', seed: 5, aspect_ratio: '16:9', raw: false }),
      '2': node('SaveImage', { images: ['1', 0] }),
    })
    expect(facts).toMatchObject({ prompt: 'a fox', seed: '5' })
  })

  it('reads an unknown sampler by the names of its inputs', () => {
    const facts = read(
      around({
        sampler: node('SomebodysRenderer', {
          unet: ['checkpoint', 0],
          positive: ['positive', 0],
          negative: ['negative', 0],
          latent: ['empty', 0],
          noise_seed: 8,
          steps: 4,
          cfg_scale: 1.5,
        }),
      }),
    )
    expect(facts).toMatchObject({
      prompt: 'a fox',
      negative_prompt: 'blurry',
      model: 'base',
      seed: '8',
      steps: 4,
      cfg: 1.5,
    })
  })

  it('takes from a save node in words what the walk can not reach', () => {
    const facts = read({
      load: node('LoadImage', { image: 'x.png' }),
      words: node('Text Multiline', { text: 'a fox' }),
      save: node('Image Saver', {
        images: ['load', 0],
        positive: ['words', 0],
        negative: 'blurry',
        modelname: 'base.safetensors',
        seed_value: 6,
        steps: 9,
        cfg: 3,
        sampler_name: 'euler',
        scheduler: 'normal',
        width: 512,
        height: 640,
      }),
    })
    expect(facts).toMatchObject({
      prompt: 'a fox',
      negative_prompt: 'blurry',
      model: 'base',
      seed: '6',
      steps: 9,
      sampler: 'euler',
      width: 512,
      height: 640,
    })
  })
})
