import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { readCarriers } from '../../../src/main/media/carriers/readCarriers.ts'
import { readGeneration } from '../../../src/main/media/generation/readGeneration.ts'
import type { GenerationRecord } from '../../../src/shared/domain/generation.ts'
import { describeUnless } from '../support/describeUnless.ts'

const folder = process.env.VITRINE_SAMPLES === undefined ? null : resolve(process.env.VITRINE_SAMPLES)

const MIKU = 'general, masterpiece, best quality, amazing quality, \n1girl, solo, hatsune miku'
const MIKU_NEGATIVE = 'bad quality, worst quality, worst detail, sketch, censor,'
const WAI = 'waiIllustriousSDXL_v160'
const NOVELAI = '1girl, solo, hatsune miku, #テスト, very aesthetic, masterpiece, no text, -0.8::feet::, rating:general'
const NOVELAI_NEGATIVE =
  'blurry, lowres, upscaled, artistic error, scan artifacts, jpeg artifacts, logo, too many watermarks, negative space, blank page'
const WOMAN =
  'professional full body photo of young woman, hyper long brunette hair, elegant hair, wearing a bikini top and asymmetric short skirt, curvy body, long legs, (imperfect skin), detailed skin, intense freckles, super long eye lashes, at night, outside, city background, 8k ultra detailed, realistic, high quality, film grain, low contrast'
const DUCK = [
  'AUTOMATIC1111',
  'photo of a duck',
  'monochrome',
  '235284042',
  'realistic_realisticVisionV20_v20',
  'UniPC',
  15,
  512,
  400,
] as const
const HANDS = expect.stringMatching(/^\(hands\), text, error, cropped, .*\(penis\) \(pumpkin\)$/)

type Facts = readonly [
  generator: string,
  prompt: unknown,
  negativePrompt: unknown,
  seed: string | null,
  model: string | null,
  sampler: string | null,
  steps: number | null,
  width: number | null,
  height: number | null,
]

/** What stands in each file, read from its bytes by eye; null where the file does not say. */
const expected: Readonly<Record<string, Facts>> = {
  'ai/civitai.jpeg': [
    'Civitai',
    `${MIKU}, #テスト`,
    MIKU_NEGATIVE,
    '1311178179',
    'WAI-illustrious-SDXL',
    'Euler a',
    25,
    1024,
    1024,
  ],
  'ai/comfyui-animated-webp.webp': [
    'ComfyUI',
    `${MIKU}, テスト,`,
    MIKU_NEGATIVE,
    '270932924124066',
    WAI,
    'euler_ancestral',
    20,
    1024,
    1024,
  ],
  'ai/comfyui-save-image-extended.jpeg': [
    'ComfyUI',
    `${MIKU},`,
    MIKU_NEGATIVE,
    '813617545434765',
    WAI,
    'euler_ancestral',
    20,
    1024,
    1024,
  ],
  'ai/comfyui-save-image-extended.png': [
    'ComfyUI',
    `${MIKU},`,
    MIKU_NEGATIVE,
    '779742380066441',
    WAI,
    'euler_ancestral',
    20,
    1024,
    1024,
  ],
  'ai/forge-classic.webp': [
    'Forge Classic',
    `${MIKU}, テスト`,
    MIKU_NEGATIVE,
    '2630661657',
    WAI,
    'DPM++ 2M',
    20,
    1024,
    1024,
  ],
  'ai/invokeai.png': ['InvokeAI', `${MIKU}, #テスト`, MIKU_NEGATIVE, '3951921344', WAI, 'euler_a', 24, 1024, 1024],
  'ai/novelai-curated.png': [
    'NovelAI',
    NOVELAI,
    NOVELAI_NEGATIVE,
    '2156638429',
    'NovelAI Diffusion V4.5',
    'k_euler_ancestral',
    23,
    1024,
    1024,
  ],
  'ai/novelai-curated.webp': [
    'NovelAI',
    NOVELAI,
    NOVELAI_NEGATIVE,
    '880673757',
    'NovelAI Diffusion V4.5',
    'k_euler_ancestral',
    23,
    1024,
    1024,
  ],
  'ai/ruined-fooocus.png': [
    'RuinedFooocus',
    `${MIKU}, #テスト`,
    MIKU_NEGATIVE,
    '2020047614',
    'waiNSFWIllustrious_v150',
    'dpmpp_2m_sde_gpu',
    30,
    1024,
    1024,
  ],
  'ai/sd-webui.jpg': ['AUTOMATIC1111', `${MIKU}, テスト`, MIKU_NEGATIVE, '3623174757', WAI, 'DPM++ 2M', 20, 1024, 1024],
  'ai/sd-webui.png': ['AUTOMATIC1111', `${MIKU}, テスト`, MIKU_NEGATIVE, '3782896554', WAI, 'DPM++ 2M', 20, 1024, 1024],
  'ai/sd-webui.webp': [
    'AUTOMATIC1111',
    `${MIKU}, テスト`,
    MIKU_NEGATIVE,
    '1028435836',
    WAI,
    'DPM++ 2M',
    20,
    1024,
    1024,
  ],
  'ai/swarmui.jpg': ['SwarmUI', `${MIKU}, #テスト`, MIKU_NEGATIVE, '697543491', WAI, 'euler_ancestral', 20, 1024, 1024],
  'ai/swarmui.png': [
    'SwarmUI',
    `${MIKU}, #テスト`,
    MIKU_NEGATIVE,
    '2083100758',
    WAI,
    'euler_ancestral',
    20,
    1024,
    1024,
  ],
  'ai/tensorart.png': [
    'TensorArt',
    `${MIKU}, #テスト`,
    MIKU_NEGATIVE,
    '3036459311',
    'WAI-Nsfw-Illustrious-16',
    'euler_ancestral',
    25,
    1024,
    1024,
  ],
  'ai-small/AUTOMATIC1111-automatic1111_cropped.jpg': DUCK,
  'ai-small/AUTOMATIC1111-automatic1111_cropped.png': DUCK,
  'ai-small/bad_images-text_after_idat.png': DUCK,
  'ai-small/ComfyUI-img2img_cropped.png': [
    'ComfyUI',
    'photograph of victorian woman with wings, sky clouds, meadow grass',
    'watermark, text',
    '280823642470253',
    'v1-5-pruned-emaonly',
    'sample_dpmpp_2m',
    20,
    null,
    null,
  ],
  'ai-small/ComfyUI-night_evening_day_morning_cropped.png': [
    'ComfyUI',
    expect.stringMatching(
      /^\(best quality\) \(night:1\.3\).*\(evening:1\.2\).*\(daytime:1\.2\).*morning sky.*national park scenery$/s,
    ),
    HANDS,
    '335608130539327',
    'Anything-V3.0',
    'dpmpp_sde',
    13,
    704,
    1280,
  ],
  'ai-small/ComfyUI-noisy_latents_3_subjects_cropped.png': [
    'ComfyUI',
    expect.stringMatching(/^girl \(flat chest:0\.9\), .*holding hands\nsky clouds .* \(sunset\)$/),
    HANDS,
    '512136241112371',
    'Anything-V3.0',
    'uni_pc',
    16,
    1280,
    704,
  ],
  'ai-small/ComfyUI-unclip_2pass_cropped.png': [
    'ComfyUI',
    '(waifu, anime, exceptional, best aesthetic, new, newest, best quality, masterpiece, extremely detailed:1.2)',
    expect.stringMatching(/^lowres, \(bad anatomy\), .*\(mosaic censoring, bar censor, blur censor\)$/),
    '1106257833005336',
    'wd-1-5-beta2-aesthetic-unclip-h-fp32',
    'uni_pc_bh2',
    26,
    1280,
    704,
  ],
  'ai-small/Fooocus-fooocus1_cropped.png': [
    'Fooocus',
    'a smiling goldfish',
    null,
    '6952411511246973023',
    'juggernautXL_v8Rundiffusion',
    'dpmpp_2m_sde_gpu',
    30,
    768,
    1280,
  ],
  'ai-small/InvokeAI-invokeai_dream1.png': [
    'InvokeAI',
    WOMAN,
    'rendering, glowing eyes, skinny',
    '2980747362',
    null,
    'k_lms',
    50,
    512,
    768,
  ],
  'ai-small/InvokeAI-invokeai_imeta1.png': [
    'InvokeAI',
    'digital artwork, oil painting. painterly brushstrokes, holidays,',
    'grainy+, photo, oversaturated, overexposed, blurry, compressed jpg+, noisy++, unfocused , black and white',
    '3293022630',
    'juggernautXL',
    'euler',
    35,
    1024,
    1024,
  ],
  'ai-small/InvokeAI-invokeai_sdmeta1.png': [
    'InvokeAI',
    WOMAN,
    'rendering, glowing eyes, skinny',
    '2980747362',
    'deliberateForInvoke_v08',
    'k_lms',
    50,
    512,
    768,
  ],
  'ai-small/NovelAI-novelai1_cropped.png': [
    'NovelAI',
    'masterpiece, best quality,  cat, space, icon',
    expect.stringMatching(/^lowres, bad anatomy, .*, watermark, username, blurry$/),
    '2253955223',
    'Stable Diffusion',
    'k_euler_ancestral',
    50,
    null,
    null,
  ],
}
/** Its parameters are in the pixels alone. */
const IN_PIXELS = 'ai-small/AUTOMATIC1111-automatic1111_stealth.png'
const NOT_GENERATED = [
  'ai/empty.png',
  'ai-small/bad_images-empty_file.png',
  'ai-small/bad_images-empty_image.jpg',
  'ai-small/bad_images-empty_image.png',
]

describeUnless(folder === null ? 'VITRINE_SAMPLES names no folder of sample files' : null, 'generation facts', () => {
  const read = async (name: string): Promise<GenerationRecord | null> => {
    const path = join(folder ?? '', name)
    return readGeneration(await readCarriers(path, '', statSync(path).size))
  }
  const filesIn = (name: string) => readdirSync(join(folder ?? '', name)).map((file) => `${name}/${file}`)

  it('are known for every sample', () => {
    const named = [...Object.keys(expected), ...NOT_GENERATED, IN_PIXELS]
    expect([...filesIn('ai'), ...filesIn('ai-small')].sort()).toEqual(named.sort())
  })

  it.each(Object.entries(expected))('of %s', async (name, facts) => {
    const record = await read(name)
    const found = record && [
      record.generator,
      record.prompt,
      record.negative_prompt,
      record.seed,
      record.model,
      record.sampler,
      record.steps,
      record.width,
      record.height,
    ]
    expect(found).toEqual(facts)
  })

  it.each(Object.keys(expected))('of %s come with payloads that stand in the file', async (name) => {
    const file = readFileSync(join(folder ?? '', name))
    const record = await read(name)
    expect(record?.raw.length).toBeGreaterThan(0)
    for (const { carrier, encoding, data } of record?.raw ?? []) {
      if (carrier !== 'png:zTXt') expect(file.includes(Buffer.from(data, encoding))).toBe(true)
    }
  })

  it.each(NOT_GENERATED)('are none for %s', async (name) => {
    expect(await read(name)).toBeNull()
  })

  it.each(['photos', 'orientation', 'design', 'raw', 'video', 'audio', 'damaged'])('are none in %s', async (name) => {
    for (const file of filesIn(name)) expect([file, await read(file)]).toEqual([file, null])
  })
})
