/** How a container is read: `container` by mediabunny, the others by ourselves; `none` has nobody who can. */
export type Parser = 'container' | 'avi' | 'asf' | 'program-stream' | 'none'

/** A container that films come in. */
export interface Container {
  /** Short name, for `format`. */
  readonly format: string
  readonly parser: Parser
  /** Whether Chromium takes films in it. */
  readonly inChromium: boolean
}

const CONTAINERS: Readonly<Record<string, Container>> = {
  'video/mp4': { format: 'mp4', parser: 'container', inChromium: true },
  'video/x-m4v': { format: 'm4v', parser: 'container', inChromium: true },
  'video/quicktime': { format: 'mov', parser: 'container', inChromium: true },
  'video/3gpp': { format: '3gp', parser: 'container', inChromium: true },
  'video/3gpp2': { format: '3g2', parser: 'container', inChromium: true },
  'video/webm': { format: 'webm', parser: 'container', inChromium: true },
  'video/matroska': { format: 'mkv', parser: 'container', inChromium: true },
  'video/mp2t': { format: 'mts', parser: 'container', inChromium: false },
  'video/vnd.avi': { format: 'avi', parser: 'avi', inChromium: false },
  'video/x-ms-asf': { format: 'wmv', parser: 'asf', inChromium: false },
  'application/vnd.ms-asf': { format: 'asf', parser: 'asf', inChromium: false },
  'video/mpeg': { format: 'mpg', parser: 'program-stream', inChromium: false },
  'video/x-flv': { format: 'flv', parser: 'none', inChromium: false },
  'video/ogg': { format: 'ogv', parser: 'none', inChromium: false },
  'application/mxf': { format: 'mxf', parser: 'none', inChromium: false },
  'application/vnd.rn-realmedia': { format: 'rm', parser: 'none', inChromium: false },
}

/** MIME types of films. */
export const videoTypes: readonly string[] = Object.keys(CONTAINERS)

/** The container of a MIME type; one of which nothing is known for any other. */
export function containerOf(mimeType: string): Container {
  return (Object.hasOwn(CONTAINERS, mimeType) ? CONTAINERS[mimeType] : undefined) ?? UNKNOWN
}

const UNKNOWN: Container = { format: 'video', parser: 'none', inChromium: false }
