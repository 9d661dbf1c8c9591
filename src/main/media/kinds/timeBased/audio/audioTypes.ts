/** How the samples of a file can be had: by us, by a decoder that is shipped, or only by a machine's ffmpeg. */
export type SampleSource = 'wave' | 'aiff' | 'mpeg' | 'flac' | 'ogg' | 'ffmpeg'

export interface AudioType {
  /** Short name, for `format`. */
  readonly format: string
  readonly samples: SampleSource
  /** Whether it is a container of films, whose reader knows more about it. */
  readonly isContainer: boolean
}

function type(format: string, samples: SampleSource, isContainer = false): AudioType {
  return { format, samples, isContainer }
}

const AUDIO_TYPES: Readonly<Record<string, AudioType>> = {
  'audio/wav': type('wav', 'wave'),
  'audio/aiff': type('aiff', 'aiff'),
  'audio/mpeg': type('mp3', 'mpeg'),
  'audio/flac': type('flac', 'flac'),
  'audio/ogg': type('ogg', 'ogg'),
  'audio/aac': type('aac', 'ffmpeg'),
  'audio/mp4': type('m4a', 'ffmpeg', true),
  'audio/x-m4a': type('m4a', 'ffmpeg', true),
  'audio/3gpp': type('3gp', 'ffmpeg', true),
  'audio/3gpp2': type('3g2', 'ffmpeg', true),
  'audio/matroska': type('mka', 'ffmpeg', true),
  'audio/webm': type('webm', 'ffmpeg', true),
  'audio/x-ms-asf': type('wma', 'ffmpeg'),
  'audio/vnd.dolby.dd-raw': type('ac3', 'ffmpeg'),
  'audio/x-caf': type('caf', 'ffmpeg'),
  'audio/amr': type('amr', 'ffmpeg'),
  'audio/ape': type('ape', 'ffmpeg'),
  'audio/wavpack': type('wv', 'ffmpeg'),
}

/** MIME types of sounds. */
export const audioTypes: readonly string[] = Object.keys(AUDIO_TYPES)

/** What is known about a MIME type of sounds. */
export function audioTypeOf(mimeType: string): AudioType {
  return (Object.hasOwn(AUDIO_TYPES, mimeType) ? AUDIO_TYPES[mimeType] : undefined) ?? type('audio', 'ffmpeg')
}
