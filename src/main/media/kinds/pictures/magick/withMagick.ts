import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { MediaLimits } from '../../../limits.ts'

export type Magick = typeof import('@imagemagick/magick-wasm')

/** What came of it. `sound`: the decoder refused the picture in an orderly way. */
export type MagickOutcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false }

/**
 * Every coder is off except those that a reader of ours asks for by name: none of them draws, fetches, runs or includes
 * anything. Source: ImageMagick's "Security Policy"; of two rules for one coder the later one counts.
 */
const CODERS =
  'BMP,CUR,DDS,DNG,EXR,HDR,HEIC,HEIF,ICO,J2K,J2C,JP2,JXL,PAM,PBM,PCX,PFM,PGM,PNM,PPM,PSB,PSD,QOI,TGA,TIFF,XCF'
const RAW_CODERS = '3FR,ARW,CR2,CR3,DCR,ERF,IIQ,KDC,MEF,MOS,NEF,NRW,ORF,PEF,RAF,RAW,RW2,SR2,SRF,SRW'
const POLICY = `<?xml version="1.0" encoding="UTF-8"?>
<policymap>
  <policy domain="delegate" rights="none" pattern="*"/>
  <policy domain="filter" rights="none" pattern="*"/>
  <policy domain="path" rights="none" pattern="@*"/>
  <policy domain="path" rights="none" pattern="|*"/>
  <policy domain="coder" rights="none" pattern="*"/>
  <policy domain="coder" rights="read" pattern="{${CODERS},${RAW_CODERS}}"/>
</policymap>
`
/** Frames, layers and sizes in one file; ImageMagick only needs the first it is asked for. */
const MAX_LIST_LENGTH = 512n

let loaded: Magick | null = null

/**
 * Runs `use` with ImageMagick, which is loaded when the first file needs it. What traps (out of memory, out of bounds) leaves
 * the instance in an unknown state: it is dropped, and the next file gets a fresh one. The instance's memory only grows, so
 * one that a picture of `megapixels` has blown up is dropped, too.
 */
export async function withMagick<T>(
  limits: MediaLimits,
  megapixels: number,
  use: (magick: Magick) => T,
): Promise<MagickOutcome<T>> {
  const magick = await load()
  setLimits(magick, limits)
  let keep = megapixels <= KEPT_MEGAPIXELS
  try {
    return { ok: true, value: use(magick) }
  } catch (error) {
    keep &&= error instanceof magick.MagickError
    return { ok: false }
  } finally {
    if (!keep) drop(magick)
  }
}

const KEPT_MEGAPIXELS = 30

async function load(): Promise<Magick> {
  if (loaded !== null) return loaded
  const magick = await import('@imagemagick/magick-wasm')
  const configuration = magick.ConfigurationFiles.default
  configuration.policy.data = POLICY
  await magick.initializeImageMagick(await readFile(createRequire(import.meta.url).resolve(WASM)), configuration)
  loaded = magick
  return magick
}

/** 32-bit memory: half the size in use of the 64-bit build, and never over 4 GiB. */
const WASM = '@imagemagick/magick-wasm/magick.wasm'

/** No limit of seconds: ImageMagick counts them from its own start. The watchdog of the process keeps the time. */
function setLimits({ ResourceLimits }: Magick, limits: MediaLimits): void {
  const memory = BigInt(Math.floor(limits.memoryBytes * 0.75))
  ResourceLimits.memory = memory
  ResourceLimits.maxMemoryRequest = memory
  ResourceLimits.disk = 0n
  ResourceLimits.area = BigInt(limits.pixels)
  ResourceLimits.listLength = MAX_LIST_LENGTH
}

function drop(magick: Magick): void {
  loaded = null
  // The package has no other way to begin again than to forget its instance; a test holds it to that.
  Reflect.set(magick.ImageMagick, '_api', undefined)
}
