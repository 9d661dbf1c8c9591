import { spawn } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'

/** How long one run may take: seconds by the clock, and seconds of computing (which also ends it when this process is killed). */
const CLOCK_SECONDS = 20
const COMPUTE_SECONDS = 15
/** Largest single allocation, bytes. */
const LARGEST_ALLOCATION = 512 * 1024 ** 2

/** Names of ffmpeg's readers by MIME type. Named, so that no file is taken for a list of other files. */
const READERS: Readonly<Record<string, string>> = {
  'video/mp4': 'mov',
  'video/x-m4v': 'mov',
  'video/quicktime': 'mov',
  'video/3gpp': 'mov',
  'video/3gpp2': 'mov',
  'audio/mp4': 'mov',
  'audio/x-m4a': 'mov',
  'audio/3gpp': 'mov',
  'audio/3gpp2': 'mov',
  'video/matroska': 'matroska',
  'audio/matroska': 'matroska',
  'video/webm': 'matroska',
  'audio/webm': 'matroska',
  'video/vnd.avi': 'avi',
  'video/mp2t': 'mpegts',
  'video/mpeg': 'mpeg',
  'application/vnd.ms-asf': 'asf',
  'video/x-ms-asf': 'asf',
  'audio/x-ms-asf': 'asf',
  'video/x-flv': 'flv',
  'video/ogg': 'ogg',
  'audio/ogg': 'ogg',
  'audio/mpeg': 'mp3',
  'audio/flac': 'flac',
  'audio/aac': 'aac',
  'audio/vnd.dolby.dd-raw': 'ac3',
  'audio/x-caf': 'caf',
  'audio/wav': 'wav',
  'audio/aiff': 'aiff',
  'audio/amr': 'amr',
  'audio/ape': 'ape',
  'audio/wavpack': 'wv',
  'application/mxf': 'mxf',
  'application/vnd.rn-realmedia': 'rm',
}

let searched: string | null | undefined

/** Absolute path of this machine's ffmpeg, null if it has none on its path; looked for once. */
export function findFfmpeg(): string | null {
  searched ??= searchPath(process.env, process.platform)
  return searched
}

/** The first ffmpeg in a folder of `PATH`; folders that are relative to wherever we are do not count. */
export function searchPath(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | null {
  const path = env.PATH ?? env.Path ?? ''
  for (const folder of path.split(delimiter)) {
    if (!isAbsolute(folder)) continue
    const candidate = join(folder, platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg')
    try {
      accessSync(candidate, constants.X_OK)
      if (statSync(candidate).isFile()) return candidate
    } catch {
      // Not here, or not ours to run.
    }
  }
  return null
}

export interface FfmpegInput {
  readonly path: string
  readonly mimeType: string
  /** Where to begin, seconds. */
  readonly from?: number
  /** How much is read, seconds. */
  readonly length: number
}

/**
 * The arguments by which ffmpeg reads its inputs: local files only, each by the reader of its type, nothing from the
 * keyboard, and no longer than a poster or a waveform is worth. Null for a type without a reader.
 */
export function inputArguments(inputs: readonly FfmpegInput[], pixelLimit: number): string[] | null {
  const first = inputs[0]
  if (first === undefined || !Object.hasOwn(READERS, first.mimeType)) return null
  return [
    ...['-nostdin', '-hide_banner', '-loglevel', 'error', '-max_alloc', String(LARGEST_ALLOCATION)],
    ...(process.platform === 'win32' ? [] : ['-timelimit', String(COMPUTE_SECONDS)]),
    ...inputs.flatMap(({ path, mimeType, from = 0, length }) => [
      ...['-protocol_whitelist', 'file', '-f', READERS[mimeType] ?? ''],
      ...['-threads', '1', '-max_pixels', String(pixelLimit), '-probesize', '10M', '-analyzeduration', '5M'],
      ...(from > 0 ? ['-noaccurate_seek', '-ss', from.toFixed(3)] : []),
      ...['-t', length.toFixed(3), '-i', `file:${path}`],
    ]),
  ]
}

/**
 * What ffmpeg writes to its standard output; null if it fails, takes too long or writes more than `mostBytes`. It is
 * killed when the time is up and when this process ends; if this process is killed, it ends by its own limit.
 */
export function runFfmpeg(program: string, args: readonly string[], mostBytes: number): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const child = spawn(program, [...args, 'pipe:1'], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: environment(process.env),
      windowsHide: true,
    })
    const chunks: Buffer[] = []
    let bytes = 0
    const kill = () => child.kill('SIGKILL')
    const timer = setTimeout(kill, CLOCK_SECONDS * 1000)
    process.once('exit', kill)
    const end = (result: Buffer | null) => {
      clearTimeout(timer)
      process.off('exit', kill)
      resolve(result)
    }
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > mostBytes) kill()
      else chunks.push(chunk)
    })
    child.on('error', () => end(null)) // it can't be run here, which is as good as not being there
    child.on('close', (code) => end(code === 0 && bytes <= mostBytes ? Buffer.concat(chunks) : null))
  })
}

/** What a program needs to run at all; nothing by which it would write reports or load more. */
function environment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept: NodeJS.ProcessEnv = { AV_LOG_FORCE_NOCOLOR: '1' }
  for (const name of ['PATH', 'Path', 'SystemRoot', 'LD_LIBRARY_PATH', 'TMPDIR', 'TEMP']) {
    if (env[name] !== undefined) kept[name] = env[name]
  }
  return kept
}
