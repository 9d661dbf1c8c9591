import { type Json, type KindFacts, type MediaSource, noFacts } from '../../kindReader.ts'
import { ReadBudgetError, withBoundedFile } from '../boundedFile.ts'
import { known } from '../plainTags.ts'
import { findPoster } from '../poster/findPoster.ts'
import { inThread } from '../thread/expendableThread.ts'
import { type FilmFacts, type FrameAt, MOTION_JPEG, unknownFilm } from './filmFacts.ts'
import { readAsf } from './readAsf.ts'
import { readAvi } from './readAvi.ts'
import { readProgramStream } from './readProgramStream.ts'
import { type Container, containerOf, type Parser } from './videoTypes.ts'

/** Codecs that Chromium decodes on every machine. */
const IN_CHROMIUM: ReadonlySet<string> = new Set(['H.264', 'VP8', 'VP9', 'AV1'])

const DAMAGED = 'The video is damaged or incomplete: nothing says what is in it. The original is kept as it is.'
const IN_WINDOW = 'Vitrine makes a poster of this video when its window is open.'

/**
 * Reads a film: how long, how large, made with what, when and where; and its poster. `metadata.poster` says where the
 * poster comes from, or is `wanted` if only a window can make it.
 */
export async function readVideo(source: MediaSource): Promise<KindFacts> {
  const container = containerOf(source.mimeType)
  const answer = await parse(container.parser, source, (facts, frameAt) => describe(source, container, facts, frameAt))
  if (answer !== null) return answer
  return {
    ...noFacts,
    metadata: { format: container.format },
    problem: { code: 'decode_failed', message: DAMAGED },
  }
}

type Describe = (facts: FilmFacts, frameAt: FrameAt | null) => Promise<KindFacts>

/** Null if the file can't be understood. */
async function parse(parser: Parser, source: MediaSource, use: Describe): Promise<KindFacts | null> {
  const { path, limits } = source
  switch (parser) {
    case 'container': {
      const facts = await inThread({ kind: 'film', path }, limits)
      if (facts === null) return null
      const hasFrames = facts.pictures?.codec === MOTION_JPEG
      return use(facts, hasFrames ? (second) => inThread({ kind: 'film-frame', path, second }, limits) : null)
    }
    case 'none':
      return use(unknownFilm, null)
    default:
      return parseHere(parser, path, use)
  }
}

async function parseHere(
  parser: 'avi' | 'asf' | 'program-stream',
  path: string,
  use: Describe,
): Promise<KindFacts | null> {
  try {
    return await withBoundedFile(path, async (file) => {
      if (parser === 'avi') {
        const avi = await readAvi(file)
        return avi === null ? null : use(avi.facts, avi.frameAt)
      }
      const facts = await (parser === 'asf' ? readAsf(file) : readProgramStream(file))
      return facts === null ? null : use(facts, null)
    })
  } catch (error) {
    if (error instanceof ReadBudgetError) return null
    throw error
  }
}

async function describe(
  source: MediaSource,
  container: Container,
  facts: FilmFacts,
  frameAt: FrameAt | null,
): Promise<KindFacts> {
  const { pictures, durationSeconds, captured, gps } = facts
  const read: KindFacts = {
    ...noFacts,
    width: pictures?.width ?? null,
    height: pictures?.height ?? null,
    durationSeconds,
    metadata: metadataOf(source, container, facts),
    capturedAt: captured?.at ?? null,
    capturedAtZone: captured?.zone ?? null,
    gps,
  }
  if (source.side === 0) return read
  const poster = await findPoster(source, facts, frameAt)
  if (poster !== null) return { ...read, metadata: { ...read.metadata, poster: poster.from }, picture: poster.picture }
  if (container.inChromium && pictures?.codec != null && IN_CHROMIUM.has(pictures.codec)) {
    return {
      ...read,
      metadata: { ...read.metadata, poster: 'wanted' },
      problem: { code: 'unsupported_type', message: IN_WINDOW },
    }
  }
  return { ...read, problem: { code: 'unsupported_type', message: noDecoder(container, pictures?.codec ?? null) } }
}

function noDecoder({ format }: Container, codec: string | null): string {
  const file = `${format.toUpperCase()} file`
  const what = codec === null ? `video in a ${file}` : `${codec} in a ${file}`
  return `This computer has no decoder for ${what}, so it has no poster. Install ffmpeg and read the file again to get one.`
}

function metadataOf(source: MediaSource, { format }: Container, facts: FilmFacts): Record<string, Json> {
  const { pictures, sound, tags, durationSeconds } = facts
  return known({
    format,
    codec: pictures?.codec,
    codecString: pictures?.codecString,
    frameRate: pictures?.frameRate,
    rotation: pictures?.rotation === 0 ? null : pictures?.rotation,
    hdr: pictures?.highDynamicRange === true ? true : null,
    color: pictures === null || pictures.color === null ? null : { ...pictures.color },
    bitRate: durationSeconds === null ? null : Math.round((source.size * 8) / durationSeconds),
    audio: sound === null ? null : known({ ...sound }),
    tags: tags === null ? null : { ...tags },
  })
}
