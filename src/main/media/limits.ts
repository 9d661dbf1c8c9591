import { mediaEnvironment } from '../../shared/contract/mediaWire.ts'

/** What one file may cost before it is given up. */
export interface MediaLimits {
  /** Width × height of one frame. */
  readonly pixels: number
  /** Resident memory of the process, bytes. */
  readonly memoryBytes: number
  readonly timeoutMs: number
  /** Size of a picture file, bytes. */
  readonly fileBytes: number
  /** Size of an SVG document, bytes; it is parsed as one tree. */
  readonly svgBytes: number
}

/** The limits from the environment of the process, with the defaults for what is not set. */
export function readLimits(env: NodeJS.ProcessEnv): MediaLimits {
  return {
    pixels: positive(env[mediaEnvironment.pixelLimit], 268_402_689),
    memoryBytes: positive(env[mediaEnvironment.memoryLimitBytes], 2 * 1024 ** 3),
    timeoutMs: positive(env[mediaEnvironment.timeoutMs], 60_000),
    fileBytes: 4 * 1024 ** 3,
    svgBytes: 32 * 1024 ** 2,
  }
}

function positive(text: string | undefined, fallback: number): number {
  const number = Number(text)
  return Number.isFinite(number) && number > 0 ? number : fallback
}
