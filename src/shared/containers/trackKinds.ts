import { ebmlElements, matroska } from './ebml.ts'
import { findBox, isoBoxes, type ReadBytes } from './isoBoxes.ts'

/** What the tracks of a film or sound file hold. */
export interface TrackKinds {
  readonly video: boolean
  readonly audio: boolean
}

/** No real file has as many tracks. */
const MOST_TRACKS = 256

/**
 * Whether an MP4, MOV or 3GP file has pictures and sound, null if its index is not there or says nothing. Reads only
 * headers, wherever in the file the index stands.
 *
 * Source: ISO/IEC 14496-12 §8.4.3 (`hdlr`).
 */
export async function isoTrackKinds(read: ReadBytes, size: number): Promise<TrackKinds | null> {
  const moov = await findBox(read, { start: 0, end: size }, 'moov')
  if (moov === null) return null
  let video = false
  let audio = false
  let tracks = 0
  for await (const track of isoBoxes(read, moov.start, moov.end)) {
    if (track.type !== 'trak') continue
    if (++tracks > MOST_TRACKS) break
    const media = await findBox(read, track, 'mdia')
    const handler = media === null ? null : await findBox(read, media, 'hdlr')
    if (handler === null) continue
    // Version, flags and a reserved word come before the type.
    const type = String.fromCharCode(...(await read(handler.start + 8, 4)))
    video ||= type === 'vide'
    audio ||= type === 'soun'
  }
  return video || audio ? { video, audio } : null
}

/**
 * Whether a Matroska or WebM file has pictures and sound, null if it does not say before its first pictures or samples.
 *
 * Source: RFC 9559 §5.1.4.1.3 (`TrackType`).
 */
export async function matroskaTrackKinds(read: ReadBytes, size: number): Promise<TrackKinds | null> {
  for await (const top of ebmlElements(read, 0, size)) {
    if (top.id !== matroska.segment) continue
    for await (const part of ebmlElements(read, top.start, top.end)) {
      if (part.id === matroska.cluster) return null
      if (part.id === matroska.tracks) return readTracks(read, part.start, part.end)
    }
    return null
  }
  return null
}

async function readTracks(read: ReadBytes, start: number, end: number): Promise<TrackKinds | null> {
  let video = false
  let audio = false
  let tracks = 0
  for await (const track of ebmlElements(read, start, end)) {
    if (track.id !== matroska.trackEntry) continue
    if (++tracks > MOST_TRACKS) break
    for await (const field of ebmlElements(read, track.start, track.end)) {
      if (field.id !== matroska.trackType) continue
      const type = (await read(field.start, 1))[0]
      video ||= type === 1
      audio ||= type === 2
      break
    }
  }
  return video || audio ? { video, audio } : null
}
