import { readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { bufferSource } from '../../../src/main/media/carriers/byteSource.ts'
import { carriersOf, readCarriers } from '../../../src/main/media/carriers/readCarriers.ts'
import { readStealth } from '../../../src/main/media/carriers/readStealth.ts'
import { describeUnless } from '../support/describeUnless.ts'
import { filesBelow } from './support/importLibrary.ts'

/** The folder of samples that samples.test.ts reads. */
const folder = process.env.VITRINE_SAMPLES === undefined ? '' : resolve(process.env.VITRINE_SAMPLES)
const PIXEL_LIMIT = 100_000_000

/** Where each picture of a generator carries its texts. */
const expected: Readonly<Record<string, readonly string[]>> = {
  'ai/civitai.jpeg': ['exif Software', 'exif Artist', 'exif UserComment'],
  'ai/comfyui-animated-webp.webp': ['exif Make', 'exif Model'],
  'ai/comfyui-save-image-extended.jpeg': ['exif ImageDescription', 'exif Make'],
  'ai/comfyui-save-image-extended.png': ['png:tEXt prompt', 'png:tEXt workflow'],
  'ai/empty.png': [],
  'ai/forge-classic.webp': ['exif UserComment'],
  'ai/invokeai.png': ['png:iTXt invokeai_metadata', 'png:iTXt invokeai_graph'],
  'ai/novelai-curated.png': [
    'png:tEXt Title',
    'png:iTXt Description',
    'png:tEXt Software',
    'png:tEXt Source',
    'png:tEXt Generation time',
    'png:tEXt Comment',
    'stealth:alpha',
  ],
  'ai/novelai-curated.webp': ['exif Software', 'exif DocumentName', 'exif UserComment', 'stealth:alpha'],
  'ai/ruined-fooocus.png': ['png:tEXt parameters'],
  'ai/sd-webui.jpg': ['exif UserComment'],
  'ai/sd-webui.png': ['png:iTXt parameters'],
  'ai/sd-webui.webp': ['exif UserComment'],
  'ai/swarmui.jpg': ['exif UserComment'],
  'ai/swarmui.png': ['png:tEXt prompt', 'png:tEXt parameters'],
  'ai/tensorart.png': ['png:tEXt generation_data', 'png:tEXt prompt'],
  'ai-small/AUTOMATIC1111-automatic1111_cropped.jpg': ['exif UserComment'],
  'ai-small/AUTOMATIC1111-automatic1111_cropped.png': ['png:tEXt parameters'],
  'ai-small/AUTOMATIC1111-automatic1111_stealth.png': ['stealth:alpha'],
  'ai-small/ComfyUI-img2img_cropped.png': ['png:tEXt prompt', 'png:tEXt workflow'],
  'ai-small/ComfyUI-night_evening_day_morning_cropped.png': ['png:tEXt prompt', 'png:tEXt workflow'],
  'ai-small/ComfyUI-noisy_latents_3_subjects_cropped.png': ['png:tEXt prompt', 'png:tEXt workflow'],
  'ai-small/ComfyUI-unclip_2pass_cropped.png': ['png:tEXt prompt', 'png:tEXt workflow'],
  'ai-small/Fooocus-fooocus1_cropped.png': ['png:tEXt parameters', 'png:tEXt fooocus_scheme'],
  'ai-small/InvokeAI-invokeai_dream1.png': ['png:tEXt Dream'],
  'ai-small/InvokeAI-invokeai_imeta1.png': ['png:tEXt invokeai_metadata'],
  'ai-small/InvokeAI-invokeai_sdmeta1.png': ['png:tEXt Dream', 'png:tEXt sd-metadata'],
  'ai-small/NovelAI-novelai1_cropped.png': [
    'png:tEXt Title',
    'png:tEXt Description',
    'png:tEXt Software',
    'png:tEXt Source',
    'png:tEXt Comment',
  ],
  'ai-small/bad_images-empty_file.png': [],
  'ai-small/bad_images-empty_image.jpg': [],
  'ai-small/bad_images-empty_image.png': ['png:tEXt date:create', 'png:tEXt date:modify', 'png:tEXt date:timestamp'],
  'ai-small/bad_images-text_after_idat.png': [
    'png:tEXt date:create',
    'png:tEXt date:modify',
    'png:tEXt date:timestamp',
    'png:tEXt filename:d',
    'png:tEXt filename:e',
    'png:tEXt filename:f',
    'png:zTXt parameters',
  ],
}

describeUnless(folder === '' ? 'VITRINE_SAMPLES names no folder of sample files' : null, 'a sample file', () => {
  const files = folder === '' ? [] : filesBelow(folder)

  it.each(Object.entries(expected))('carries its texts where its generator puts them: %s', async (name, places) => {
    const path = join(folder, name)
    const { texts, dropped } = await readCarriers(path, mimeType(name), statSync(path).size)
    const hidden = await readStealth(path, mimeType(name), PIXEL_LIMIT)
    const found = [...texts, ...(hidden === null ? [] : [hidden])]
    expect(found.map(({ carrier, key }) => `${carrier} ${key}`.trim())).toEqual(places)
    expect(found.every(({ text }) => !text.includes('\ufffd') && !text.includes('\0'))).toBe(true)
    expect(dropped).toEqual([])
  })

  it('of a camera carries no generation data and hides none', async () => {
    const photos = files.filter((path) => /^(photos|orientation|raw)/.test(relative(folder, path)))
    expect(photos.length).toBeGreaterThan(10)
    for (const path of photos) {
      const { texts } = await readCarriers(path, '', statSync(path).size)
      expect(texts.filter(({ text }) => /Steps: \d|^\s*\{/.test(text))).toEqual([])
      expect(await readStealth(path, mimeType(path), PIXEL_LIMIT)).toBeNull()
    }
  })

  it('is read whatever has happened to it', () => {
    let state = 1
    const random = (below: number) => {
      state = (state * 48271) % 0x7fffffff
      return state % below
    }
    for (const path of files) {
      const sound = readFileSync(path)
      if (sound.length === 0) continue
      for (let run = 0; run < 40; run += 1) {
        // Most of what is carried stands at the start.
        const bytes = Buffer.from(sound.subarray(0, run % 4 === 3 ? random(sound.length) : sound.length))
        for (let change = 0; change < 1 + random(30) && bytes.length > 0; change += 1) {
          const area = change % 2 === 0 ? Math.min(bytes.length, 4096) : bytes.length
          bytes[random(area)] = [0, 0xff, 0x7f, 0x80, random(256)][random(5)]!
        }
        const found = carriersOf(bufferSource(bytes), mimeType(path))
        expect(found.texts.every(({ text, bytes: raw }) => text !== '' && raw.length > 0)).toBe(true)
      }
    }
  })
})

function mimeType(name: string): string {
  if (/\.jpe?g$/.test(name)) return 'image/jpeg'
  return name.endsWith('.webp') ? 'image/webp' : 'image/png'
}
