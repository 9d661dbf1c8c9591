/** Characters of a class or an input's name. No real one comes near; patterns are matched against them. */
export const maxName = 200

/** The end of a link: an output slot of a node. */
export interface Link {
  readonly node: string
  readonly slot: number
}

/** What stands at an input: a link to another node's output, or the value that was typed in. */
export type Input = { readonly kind: 'link'; readonly link: Link } | { readonly kind: 'value'; readonly value: unknown }

export interface GraphNode {
  readonly id: string
  /** The node's class, `KSampler`. */
  readonly type: string
  /** In the order of the file. */
  readonly inputs: ReadonlyMap<string, Input>
}

/** What ran, in one form for both ways in which ComfyUI writes it. */
export interface Graph {
  readonly nodes: ReadonlyMap<string, GraphNode>
  /** Names of a node's outputs by slot, where the file tells them (only the UI graph does). */
  readonly outputNames: ReadonlyMap<string, readonly string[]>
  /** Text that a display node had shown when the picture was saved. */
  readonly shownTexts: ReadonlyMap<string, string>
}

/** The object if it is one with names (not null, not a list). */
export function asObject(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
}

/** Text of an input's own value; null for a link and for anything that is not text. */
export function ownText(input: Input | undefined): string | null {
  if (input?.kind !== 'value') return null
  const { value } = input
  if (typeof value === 'string') return value
  // Some packs wrap a chosen file with its preview picture: {"content": "x.safetensors", "image": null}.
  const content = asObject(value)?.content
  return typeof content === 'string' ? content : null
}

/** A finite number, also one that is written as text; null for anything else (an object has no number to convert to). */
export function asNumber(value: unknown): number | null {
  if (typeof value === 'string' ? value.trim() === '' : typeof value !== 'number' && typeof value !== 'bigint')
    return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}

export function linkAt(node: GraphNode, key: string): Link | null {
  const input = node.inputs.get(key)
  return input?.kind === 'link' ? input.link : null
}

/** The links of a node whose input names match, in the order of the file. */
export function linksMatching(node: GraphNode, pattern: RegExp): Link[] {
  const links: Link[] = []
  for (const [key, input] of node.inputs) if (input.kind === 'link' && pattern.test(key)) links.push(input.link)
  return links
}
