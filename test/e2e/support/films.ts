import type { Page } from '@playwright/test'
import { BufferTarget, EncodedPacket, EncodedVideoPacketSource, Output, WebMOutputFormat } from 'mediabunny'

interface Film {
  readonly width: number
  readonly height: number
  /** CSS colours of the ground, one for each second; a white square moves over all but black ones. */
  readonly seconds: readonly string[]
}

/** A real film in VP8, encoded by the Chromium of a running app. */
export async function makeWebm(page: Page, { width, height, seconds }: Film): Promise<Buffer> {
  const rate = 10
  const chunks = await page.evaluate(
    async ([w, h, colors, framesPerSecond]) => {
      const encoded: { type: EncodedVideoChunkType; seconds: number; bytes: number[] }[] = []
      const encoder = new VideoEncoder({
        output(chunk) {
          const bytes = new Uint8Array(chunk.byteLength)
          chunk.copyTo(bytes)
          encoded.push({ type: chunk.type, seconds: chunk.timestamp / 1e6, bytes: [...bytes] })
        },
        error(error) {
          throw error
        },
      })
      encoder.configure({ codec: 'vp8', width: w, height: h, bitrate: 500_000 })
      const canvas = new OffscreenCanvas(w, h)
      const context = canvas.getContext('2d')
      if (context === null) throw new Error('No canvas')
      for (let index = 0; index < colors.length * framesPerSecond; index++) {
        const color = colors[Math.floor(index / framesPerSecond)] ?? 'black'
        context.fillStyle = color
        context.fillRect(0, 0, w, h)
        context.fillStyle = color === 'black' ? 'black' : 'white'
        context.fillRect(index, 10, 40, 40)
        const frame = new VideoFrame(canvas, { timestamp: (index * 1e6) / framesPerSecond })
        encoder.encode(frame, { keyFrame: index % framesPerSecond === 0 })
        frame.close()
      }
      await encoder.flush()
      return encoded
    },
    [width, height, seconds, rate] as const,
  )
  const target = new BufferTarget()
  const output = new Output({ format: new WebMOutputFormat(), target })
  const source = new EncodedVideoPacketSource('vp8')
  output.addVideoTrack(source)
  await output.start()
  for (const { type, seconds: at, bytes } of chunks) {
    const packet = new EncodedPacket(Uint8Array.from(bytes), type, at, 1 / rate)
    await source.add(packet, { decoderConfig: { codec: 'vp8', codedWidth: width, codedHeight: height } })
  }
  await output.finalize()
  return Buffer.from(target.buffer ?? new ArrayBuffer())
}
