import sharp, { type Sharp } from 'sharp'
import { makeArt } from '../../scripts/demo-art/makeArt.ts'
import { withPngText } from '../../scripts/demo-art/pngText.ts'
import type { SeedFile } from './importMutated.ts'

/** Small sound files of many kinds, made on the spot. */
export async function makeSeedFiles(): Promise<SeedFile[]> {
  const [one, two, three] = await Promise.all([1, 2, 3].map(drawing))
  const art = (seed: number) => sharp([one, two, three][seed % 3]).clone()
  const png = await art(1).png().toBuffer()
  const exif = {
    IFD0: { Make: 'Halden', Model: 'R2', Orientation: '6' },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 12/1 30/1' },
  }
  const parameters =
    'a harbour\nNegative prompt: fog\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 42, Size: 320x240, Model: juniper'
  const graph = JSON.stringify({
    1: { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'juniper.safetensors' } },
    2: { class_type: 'CLIPTextEncode', inputs: { text: 'a harbour', clip: ['1', 1] } },
    3: { class_type: 'CLIPTextEncode', inputs: { text: 'fog', clip: ['1', 1] } },
    4: { class_type: 'EmptyLatentImage', inputs: { width: 320, height: 240, batch_size: 1 } },
    5: {
      class_type: 'KSampler',
      inputs: {
        model: ['1', 0],
        positive: ['2', 0],
        negative: ['3', 0],
        latent_image: ['4', 0],
        seed: 42,
        steps: 20,
        cfg: 7,
      },
    },
    6: { class_type: 'SaveImage', inputs: { images: ['5', 0] } },
  })
  return [
    { name: 'plain.png', bytes: png },
    { name: 'a1111.png', bytes: withPngText(png, 'parameters', parameters) },
    { name: 'comfy.png', bytes: withPngText(png, 'prompt', graph) },
    {
      name: 'novelai.png',
      bytes: withPngText(withPngText(png, 'Software', 'NovelAI'), 'Comment', '{"steps":28,"seed":7,"uc":"fog"}'),
    },
    { name: 'camera.jpg', bytes: await art(2).withExif(exif).jpeg().toBuffer() },
    { name: 'still.webp', bytes: await art(3).webp().toBuffer() },
    { name: 'still.avif', bytes: await art(4).resize(96).avif().toBuffer() },
    { name: 'scan.tif', bytes: await art(5).tiff().toBuffer() },
    {
      name: 'moving.gif',
      bytes: await sharp([await still(art(6)), await still(art(7))], { join: { animated: true } })
        .gif()
        .toBuffer(),
    },
    {
      name: 'drawing.svg',
      bytes: Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48"><rect width="64" height="48" fill="#2563eb"/><text x="4" y="20">Aa</text></svg>',
      ),
    },
    { name: 'notes.md', bytes: Buffer.from('# Harbour\n\n- one\n- two\n\n```\ncode\n```\n') },
    { name: 'sound.wav', bytes: makeWav() },
    { name: 'page.pdf', bytes: Buffer.from(PDF) },
  ]
}

/** A PNG of 320 × 240 pixels. */
async function drawing(seed: number): Promise<Buffer> {
  const large = await makeArt({ seed, width: 960, height: 720 }).image.png().toBuffer()
  return sharp(large).resize(320, 240).removeAlpha().png().toBuffer()
}

function still(image: Sharp): Promise<Buffer> {
  return image.removeAlpha().png().toBuffer()
}

/** A second of a tone, 8 kHz, 16 bits, one channel. */
function makeWav(): Buffer {
  const samples = 8000
  const wav = Buffer.alloc(44 + samples * 2)
  wav.write('RIFF', 0)
  wav.writeUInt32LE(wav.length - 8, 4)
  wav.write('WAVEfmt ', 8)
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20)
  wav.writeUInt16LE(1, 22)
  wav.writeUInt32LE(8000, 24)
  wav.writeUInt32LE(16000, 28)
  wav.writeUInt16LE(2, 32)
  wav.writeUInt16LE(16, 34)
  wav.write('data', 36)
  wav.writeUInt32LE(samples * 2, 40)
  for (let at = 0; at < samples; at++) wav.writeInt16LE(Math.round(12_000 * Math.sin(at / 9)), 44 + at * 2)
  return wav
}

const PDF = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R>>endobj
4 0 obj<</Length 33>>stream
0.1 0.4 0.9 rg 20 20 160 60 re f
endstream endobj
trailer<</Root 1 0 R>>
`
