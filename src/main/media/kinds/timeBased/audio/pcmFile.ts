import type { BoundedFile } from '../boundedFile.ts'
import { riffChunks } from '../riffChunks.ts'

/** Where in a file samples stand that need no decoder, and how they are written. */
export interface PcmLayout {
  /** Range of the samples, bytes. */
  readonly start: number
  readonly end: number
  readonly channels: number
  readonly sampleRate: number
  readonly bytesPerSample: 1 | 2 | 3 | 4 | 8
  readonly littleEndian: boolean
  readonly kind: 'signed' | 'unsigned' | 'float'
}

const PCM = 1
const FLOAT = 3
const EXTENSIBLE = 0xfffe

/**
 * Where the samples of a WAV file stand; null if it has none, or compressed ones.
 *
 * Source: Multimedia Programming Interface 1.0 §3 (WAVE), Multiple channel audio data and WAVE files (Microsoft), EBU
 * Tech 3306 (RF64, whose sizes over 4 GB stand as 0xFFFFFFFF).
 */
export async function waveLayout(file: BoundedFile): Promise<PcmLayout | null> {
  let format: DataView | null = null
  for await (const chunk of riffChunks(file, 12, file.size)) {
    if (chunk.id === 'fmt ') format = viewOf(await file.read(chunk.start, Math.min(chunk.end - chunk.start, 40)))
    if (chunk.id !== 'data' || format === null || format.byteLength < 16) continue
    const tag = format.getUint16(0, true)
    const real = tag === EXTENSIBLE && format.byteLength >= 26 ? format.getUint16(24, true) : tag
    if (real !== PCM && real !== FLOAT) return null
    const bits = format.getUint16(14, true)
    return layout({
      start: chunk.start,
      end: chunk.end,
      channels: format.getUint16(2, true),
      sampleRate: format.getUint32(4, true),
      bits,
      littleEndian: true,
      kind: real === FLOAT ? 'float' : bits <= 8 ? 'unsigned' : 'signed',
    })
  }
  return null
}

/**
 * Where the samples of an AIFF file stand; null if it has none, or compressed ones.
 *
 * Source: Audio Interchange File Format 1.3, AIFF-C draft 8/26/91.
 */
export async function aiffLayout(file: BoundedFile): Promise<PcmLayout | null> {
  const form = Buffer.from(await file.read(8, 4)).toString('latin1')
  let common: DataView | null = null
  let data: { readonly start: number; readonly end: number } | null = null
  for await (const chunk of riffChunks(file, 12, file.size, false)) {
    if (chunk.id === 'COMM') common = viewOf(await file.read(chunk.start, Math.min(chunk.end - chunk.start, 22)))
    if (chunk.id === 'SSND') data = chunk
    if (common !== null && data !== null) break
  }
  if (common === null || data === null || common.byteLength < 18) return null
  const compression = form === 'AIFC' && common.byteLength >= 22 ? characters(common, 18) : 'NONE'
  const float = /^fl(32|64)$/i.test(compression)
  if (!float && !['NONE', 'twos', 'sowt', 'in24', 'in32'].includes(compression)) return null
  const offset = viewOf(await file.read(data.start, 4))
  return layout({
    start: data.start + 8 + (offset.byteLength < 4 ? 0 : offset.getUint32(0)),
    end: data.end,
    channels: common.getUint16(0),
    sampleRate: extended(common, 8),
    bits: common.getUint16(6),
    littleEndian: compression === 'sowt',
    kind: float ? 'float' : 'signed',
  })
}

/** Samples of all channels from a frame on; shorter where the file ends. */
export async function readPcm(
  file: BoundedFile,
  pcm: PcmLayout,
  frame: number,
  frames: number,
): Promise<Float32Array[]> {
  const frameBytes = pcm.channels * pcm.bytesPerSample
  const from = pcm.start + frame * frameBytes
  const bytes = await file.read(from, Math.min(frames * frameBytes, Math.max(0, pcm.end - from)))
  const view = viewOf(bytes)
  const count = Math.floor(bytes.length / frameBytes)
  return Array.from({ length: pcm.channels }, (_, channel) => {
    const samples = new Float32Array(count)
    for (let index = 0; index < count; index++) {
      samples[index] = sampleAt(view, index * frameBytes + channel * pcm.bytesPerSample, pcm)
    }
    return samples
  })
}

/** Frames (one sample of each channel) in all. */
export function frameCount({ start, end, channels, bytesPerSample }: PcmLayout): number {
  return Math.max(0, Math.floor((end - start) / (channels * bytesPerSample)))
}

function sampleAt(view: DataView, at: number, { bytesPerSample, littleEndian, kind }: PcmLayout): number {
  switch (bytesPerSample) {
    case 1:
      return kind === 'unsigned' ? (view.getUint8(at) - 128) / 128 : view.getInt8(at) / 128
    case 2:
      return view.getInt16(at, littleEndian) / 32_768
    case 3: {
      const high = view.getInt8(littleEndian ? at + 2 : at)
      return (high * 256 + view.getUint8(at + 1)) / 32_768
    }
    case 4:
      return kind === 'float' ? view.getFloat32(at, littleEndian) : view.getInt32(at, littleEndian) / 2 ** 31
    case 8:
      return view.getFloat64(at, littleEndian)
  }
}

interface Declared extends Omit<PcmLayout, 'bytesPerSample'> {
  readonly bits: number
}

function layout({ bits, ...declared }: Declared): PcmLayout | null {
  const { channels, sampleRate, start, end, kind } = declared
  const bytesPerSample = Math.ceil(bits / 8)
  const known = kind === 'float' ? [4, 8] : [1, 2, 3, 4]
  if (!known.includes(bytesPerSample) || channels < 1 || channels > 64) return null
  if (!(sampleRate >= 1 && sampleRate <= 1e7) || start >= end) return null
  return { ...declared, bytesPerSample: bytesPerSample as PcmLayout['bytesPerSample'] }
}

/** A number of 80 bits, of which a sampling rate needs the first 32 of the mantissa. Source: IEEE 754 extended format. */
function extended(view: DataView, at: number): number {
  const exponent = (view.getUint16(at) & 0x7fff) - 16_383
  return Math.round(view.getUint32(at + 2) * 2 ** (exponent - 31))
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
}

function characters(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((index) => view.getUint8(at + index)))
}
