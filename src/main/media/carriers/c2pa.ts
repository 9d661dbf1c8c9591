import { decode, type TagDecoder } from 'cborg'
import { type ByteSource, bufferSource, partOf } from './byteSource.ts'
import type { ContentCredentials } from './carriers.ts'

/** Boxes inside of each other; manifest stores have four levels. */
const MAX_DEPTH = 8
const MAX_BOXES = 10_000
/** A claim or a list of actions; pictures are in boxes of other kinds. */
const MAX_CONTENT_BYTES = 4 * 1024 ** 2
const MAX_CONTENTS = 200
const MAX_NAMES = 50
const MAX_NAME_LENGTH = 500

/**
 * What a C2PA manifest store says about the origin of its file, null if it is none. Programs and source types are taken
 * from all manifests, the active one (the last) first: what was generated and then converted has its origin in an
 * earlier one. Nothing is verified. Never throws.
 * Source: ISO 19566-5 (JUMBF) sections B.2 and B.3; C2PA technical specification 2.1, sections 11 (boxes), 10 (claims)
 * and 18.16 (actions).
 */
export function readContentCredentials(store: Uint8Array): ContentCredentials | null {
  const contents = contentBoxes(bufferSource(store))
  if (!contents.some(({ path }) => path[0] === 'c2pa')) return null
  const active = contents.findLast(({ path }) => path[0] === 'c2pa' && path.length > 1)?.path[1]
  const manifests = [
    ...contents.filter(({ path }) => path[1] === active),
    ...contents.filter(({ path }) => path[1] !== active),
  ]
  const claims = manifests.filter(({ label }) => label.startsWith('c2pa.claim')).map(decodeContent)
  const actions = manifests.filter(({ label }) => label.startsWith('c2pa.actions')).flatMap(actionsOf)
  return {
    claimGenerator: claims.map(claimGenerator).find((name) => name !== null) ?? null,
    softwareAgents: unique(actions.flatMap(({ agents }) => agents)),
    digitalSourceTypes: unique(actions.flatMap(({ sourceType }) => (sourceType === null ? [] : [sourceType]))),
  }
}

/** The CBOR or JSON in a labelled box. */
interface Content {
  /** Labels of the boxes around it, from the store inwards. */
  readonly path: readonly string[]
  /** Label of the box that it is the content of. */
  readonly label: string
  readonly type: string
  readonly bytes: Buffer
}

interface Region {
  readonly start: number
  readonly end: number
  readonly path: readonly string[]
}

function contentBoxes(source: ByteSource): readonly Content[] {
  const found: Content[] = []
  const regions: Region[] = [{ start: 0, end: source.size, path: [] }]
  let boxes = 0
  for (let region = regions.shift(); region !== undefined; region = regions.shift()) {
    let path = region.path
    let at = region.start
    for (let box = boxAt(source, at, region.end); box !== null; box = boxAt(source, at, region.end)) {
      boxes += 1
      if (boxes > MAX_BOXES || found.length >= MAX_CONTENTS) return found
      if (box.type === 'jumd') path = [...region.path, labelOf(source, box)]
      else if (box.type === 'jumb' && path.length < MAX_DEPTH) regions.push({ start: box.start, end: box.end, path })
      else if (box.type === 'cbor' || box.type === 'json') {
        const label = path.at(-1) ?? ''
        const bytes = wanted(label) ? contentOf(source, box) : null
        if (bytes !== null) found.push({ path, label, type: box.type, bytes })
      }
      at = box.end
    }
  }
  return found
}

function wanted(label: string): boolean {
  return label.startsWith('c2pa.claim') || label.startsWith('c2pa.actions')
}

interface Box {
  readonly type: string
  /** Of its content. */
  readonly start: number
  readonly end: number
}

function boxAt(source: ByteSource, at: number, end: number): Box | null {
  const head = at + 8 <= end ? source.read(at, 8) : null
  if (head === null) return null
  const declared = head.readUInt32BE(0)
  const type = head.toString('latin1', 4, 8)
  if (declared === 0) return { type, start: at + 8, end }
  const large = declared === 1 ? source.read(at + 8, 8) : null
  const headBytes = declared === 1 ? 16 : 8
  const length = large === null ? declared : Number(large.readBigUInt64BE(0))
  return length < headBytes || at + length > end ? null : { type, start: at + headBytes, end: at + length }
}

/** 16 bytes of type, a byte of toggles, and if its second bit is set a label that ends with NUL. */
function labelOf(source: ByteSource, { start, end }: Box): string {
  const head = source.read(start, Math.max(0, Math.min(end - start, 17 + MAX_NAME_LENGTH)))
  if (head === null || ((head[16] ?? 0) & 2) === 0) return ''
  const stop = head.indexOf(0, 17)
  return head.toString('utf8', 17, stop === -1 ? head.length : stop)
}

function contentOf(source: ByteSource, { start, end }: Box): Buffer | null {
  return end - start > MAX_CONTENT_BYTES ? null : partOf(source, start, end - start).read(0, end - start)
}

/** Whatever a tag says about its content (dates, URIs, COSE), only the content is looked at. */
const anyTag = new Proxy<Record<number, TagDecoder>>({}, { get: () => (content: () => unknown) => content() })

/** Null if it can't be decoded. CBOR maps are Maps, JSON objects too. */
function decodeContent({ type, bytes }: Content): unknown {
  try {
    if (type === 'json') {
      return JSON.parse(bytes.toString('utf8'), (_key, value: unknown) => (isPlainObject(value) ? toMap(value) : value))
    }
    return decode(bytes, { useMaps: true, tags: anyTag })
  } catch {
    // Damaged, of a kind that the decoder does not know, or nested deeper than its stack: it says nothing.
    return null
  }
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Map)
}

function toMap(value: Record<string, unknown>): Map<unknown, unknown> {
  return new Map<unknown, unknown>(Object.entries(value))
}

function claimGenerator(claim: unknown): string | null {
  const info = field(claim, 'claim_generator_info')
  return nameOf(Array.isArray(info) ? info[0] : info) ?? text(field(claim, 'claim_generator'))
}

interface Action {
  readonly agents: readonly string[]
  readonly sourceType: string | null
}

function actionsOf(content: Content): readonly Action[] {
  const assertion = decodeContent(content)
  const agents = list(field(assertion, 'softwareAgents'))
  return list(field(assertion, 'actions')).map((action) => {
    const index = field(action, 'softwareAgentIndex')
    const agent =
      nameOf(field(action, 'softwareAgent')) ??
      (typeof index === 'number' ? nameOf(agents[index]) : null) ??
      agentInDescription(text(field(action, 'description')))
    return { agents: agent === null ? [] : [agent], sourceType: lastSegment(text(field(action, 'digitalSourceType'))) }
  })
}

/** Google names its generator in prose only: `Created by Google Generative AI.` */
function agentInDescription(description: string | null): string | null {
  return /^(?:Created|Generated|Edited) (?:by|with|using) ([^.\n]{1,100})\.?$/.exec(description ?? '')?.[1] ?? null
}

function nameOf(value: unknown): string | null {
  return text(value) ?? text(field(value, 'name'))
}

function field(value: unknown, name: string): unknown {
  return value instanceof Map ? value.get(name) : undefined
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, 1000) : []
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.slice(0, MAX_NAME_LENGTH) : null
}

function lastSegment(uri: string | null): string | null {
  return uri === null ? null : (uri.split(/[/#]/).findLast((segment) => segment !== '') ?? null)
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)].slice(0, MAX_NAMES)
}
