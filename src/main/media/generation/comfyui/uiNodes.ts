import { asNumber, asObject, maxName } from './graph.ts'

/** A node as the window saves it. */
export interface UiNode {
  readonly id: string
  readonly type: string
  /** 0 runs, 2 is muted, 4 is bypassed. */
  readonly mode: number
  readonly inputs: readonly UiSlot[]
  readonly outputs: readonly UiSlot[]
  readonly widgetValues: unknown
  readonly properties: Readonly<Record<string, unknown>>
}

export interface UiSlot {
  readonly name: string
  readonly type: string
  /** Of an input: id of the link that comes in. */
  readonly link: string | null
  /** The input is also a field of the node. */
  readonly isWidget: boolean
}

export interface UiLink {
  readonly from: string
  readonly fromSlot: number
  readonly to: string
  readonly toSlot: number
  readonly type: string
}

/** One sheet: the window's own, or the inside of a subgraph. */
export interface UiSheet {
  readonly nodes: ReadonlyMap<string, UiNode>
  readonly links: ReadonlyMap<string, UiLink>
  /** Names of a subgraph's inputs, by slot. */
  readonly inputNames: readonly string[]
}

/**
 * The parts of a saved workflow (version 0.4 with links as lists, version 1 and subgraphs with links as objects). Null when
 * it is no sheet of nodes.
 */
export function readSheet(value: unknown): UiSheet | null {
  const raw = asObject(value)
  if (raw === null || !Array.isArray(raw.nodes)) return null
  const nodes = new Map<string, UiNode>()
  for (const entry of raw.nodes) {
    const node = readNode(entry)
    if (node !== null && !nodes.has(node.id)) nodes.set(node.id, node)
  }
  const links = new Map<string, UiLink>()
  for (const entry of listOf(raw.links)) {
    const link = Array.isArray(entry) ? fromList(entry) : fromObject(asObject(entry))
    if (link !== null) links.set(link[0], link[1])
  }
  const inputNames = listOf(raw.inputs).map((entry) => idText(asObject(entry)?.name))
  return { nodes, links, inputNames }
}

function readNode(entry: unknown): UiNode | null {
  const raw = asObject(entry)
  if (raw === null || typeof raw.type !== 'string' || !isId(raw.id)) return null
  return {
    id: String(raw.id),
    type: raw.type.slice(0, maxName),
    mode: typeof raw.mode === 'number' ? raw.mode : 0,
    inputs: listOf(raw.inputs).map(readSlot),
    outputs: listOf(raw.outputs).map(readSlot),
    widgetValues: raw.widgets_values,
    properties: asObject(raw.properties) ?? {},
  }
}

function readSlot(entry: unknown): UiSlot {
  const raw = asObject(entry)
  return {
    name: idText(raw?.name).slice(0, maxName),
    type: idText(raw?.type).slice(0, maxName),
    link: isId(raw?.link) ? String(raw.link) : null,
    isWidget: asObject(raw?.widget) !== null,
  }
}

function fromList(entry: readonly unknown[]): [string, UiLink] | null {
  const [id, from, fromSlot, to, toSlot, type] = entry
  if (!isId(id) || !isId(from) || !isId(to)) return null
  return [
    String(id),
    {
      from: String(from),
      fromSlot: asNumber(fromSlot) ?? 0,
      to: String(to),
      toSlot: asNumber(toSlot) ?? 0,
      type: idText(type),
    },
  ]
}

function fromObject(raw: Readonly<Record<string, unknown>> | null): [string, UiLink] | null {
  return raw === null
    ? null
    : fromList([raw.id, raw.origin_id, raw.origin_slot, raw.target_id, raw.target_slot, raw.type])
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** Text as it is, a number by its digits, nothing for anything else. */
export const idText = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
const isId = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number'
