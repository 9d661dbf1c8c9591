import { inputArguments, runFfmpeg } from '../ffmpeg.ts'

export interface FrameWanted {
  readonly path: string
  readonly mimeType: string
  /** Longest side of the picture, pixels. */
  readonly side: number
  /** Seconds into the film. */
  readonly second: number
  readonly pixelLimit: number
}

/** Frames among which the most telling one is chosen: about a second of film. */
const CHOICE = 24
/** Seconds of film that are read for them. */
const LOOKED_AT = 5
const LARGEST_PICTURE = 16 * 1024 ** 2

/**
 * A frame of a film as PNG, upright, with square pixels and no larger than wanted; null if ffmpeg can't make one. It is
 * the one of about a second that differs least from the others, so neither the black before a cut nor a flash.
 */
export async function ffmpegFrame(program: string, wanted: FrameWanted): Promise<Buffer | null> {
  const { path, mimeType, side, second, pixelLimit } = wanted
  const input = inputArguments([{ path, mimeType, from: second, length: LOOKED_AT }], pixelLimit)
  if (input === null) return null
  const shrink = `min(1\\,${side}/max(iw*sar\\,ih))`
  const scale = `scale=w='max(1\\,round(iw*sar*${shrink}))':h='max(1\\,round(ih*${shrink}))',setsar=1`
  const output = ['-map', '0:v:0', '-vf', `${scale},thumbnail=n=${CHOICE}`, '-frames:v', '1']
  const picture = await runFfmpeg(program, [...input, ...output, '-f', 'image2pipe', '-c:v', 'png'], LARGEST_PICTURE)
  return picture === null || picture.length === 0 ? null : picture
}
