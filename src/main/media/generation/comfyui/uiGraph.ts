import { type Broadcast, everywhereLinks } from './everywhere.ts'
import { asObject, type Graph, type GraphNode, type Input, type Link } from './graph.ts'
import { idText, listOf, readSheet, type UiNode, type UiSheet } from './uiNodes.ts'
import { namedWidgets } from './widgetOrder.ts'

/** A sheet as it is used: the window's, or a subgraph at one of its nodes. */
interface Scope {
  readonly sheet: UiSheet
  /** Of node ids: `75:` for what is inside node 75, as the window itself names it for the server. */
  readonly prefix: string
  readonly outer: { readonly scope: Scope; readonly node: UiNode } | null
  readonly inner: Map<string, Scope>
  /** KJNodes' SetNode by name. */
  readonly set: ReadonlyMap<string, UiNode>
}

const maxNodes = 20_000
const maxScopes = 300
const maxNesting = 16
const maxHops = 1_000
const muted = 2
const bypassed = 4
/** Nodes that exist only in the window. */
const windowOnly =
  /^(Note|MarkdownNote|Label \(rgthree\)|Fast (Groups )?(Muter|Bypasser).*|Reroute.*|SetNode|GetNode|PrimitiveNode)$/

/**
 * The graph of the window (`workflow`) in the form that would run: subgraphs opened, reroutes, Get/Set nodes, primitives and
 * broadcast links (Anything Everywhere) followed, muted nodes cut, bypassed ones passed through, fields named. The same
 * steps as the window's `graphToPrompt`. Null when the value is no such graph.
 */
export function uiGraph(value: unknown): Graph | null {
  const scopes = openScopes(value)
  if (scopes === null) return null
  const nodes = new Map<string, GraphNode>()
  for (const scope of scopes) {
    const broadcast = everywhereLinks(scope.sheet)
    for (const node of scope.sheet.nodes.values()) {
      if (scope.inner.has(node.id) || windowOnly.test(node.type)) continue
      if (node.mode === muted || node.mode === bypassed || nodes.size >= maxNodes) continue
      const id = scope.prefix + node.id
      nodes.set(id, { id, type: node.type, inputs: inputsOf(scope, node, broadcast.get(node.id)) })
    }
  }
  return { nodes, ...labelsOf(scopes) }
}

/** What only the window's graph tells of the nodes that ran, by the same ids. Null when the value is no such graph. */
export function uiLabels(value: unknown): Labels | null {
  const scopes = openScopes(value)
  return scopes === null ? null : labelsOf(scopes)
}

type Labels = Pick<Graph, 'outputNames' | 'shownTexts'>

function labelsOf(scopes: readonly Scope[]): Labels {
  const outputNames = new Map<string, readonly string[]>()
  const shownTexts = new Map<string, string>()
  for (const scope of scopes) {
    for (const node of scope.sheet.nodes.values()) {
      const id = scope.prefix + node.id
      if (node.outputs.length > 1)
        outputNames.set(
          id,
          node.outputs.map((slot) => slot.name),
        )
      const shown = shownText(node)
      if (shown !== null) shownTexts.set(id, shown)
    }
  }
  return { outputNames, shownTexts }
}

function openScopes(value: unknown): Scope[] | null {
  const root = readSheet(value) ?? readSheet(asObject(value)?.workflow)
  if (root === null || root.nodes.size === 0) return null
  const definitions = new Map<string, UiSheet>()
  for (const entry of listOf(asObject(asObject(value)?.definitions)?.subgraphs)) {
    const id = asObject(entry)?.id
    const sheet = readSheet(entry)
    if (typeof id === 'string' && sheet !== null) definitions.set(id, sheet)
  }
  return scopesOf(root, definitions)
}

function scopesOf(root: UiSheet, definitions: ReadonlyMap<string, UiSheet>): Scope[] {
  const scopes: Scope[] = [newScope(root, '', null)]
  let nodes = root.nodes.size
  for (let index = 0; index < scopes.length; index++) {
    const scope = scopes[index]
    if (scope === undefined || scope.prefix.split(':').length > maxNesting) continue
    for (const node of scope.sheet.nodes.values()) {
      const sheet = definitions.get(node.type)
      if (sheet === undefined || node.mode === muted || node.mode === bypassed) continue
      nodes += sheet.nodes.size
      // A subgraph may hold itself, or many of another: what is over the limit stays closed.
      if (nodes > maxNodes || scopes.length >= maxScopes) continue
      const inner = newScope(sheet, `${scope.prefix}${node.id}:`, { scope, node })
      scope.inner.set(node.id, inner)
      scopes.push(inner)
    }
  }
  return scopes
}

function newScope(sheet: UiSheet, prefix: string, outer: Scope['outer']): Scope {
  const set = new Map<string, UiNode>()
  for (const node of sheet.nodes.values()) {
    const name = node.type === 'SetNode' ? listOf(node.widgetValues)[0] : undefined
    if (typeof name === 'string') set.set(name, node)
  }
  return { sheet, prefix, outer, inner: new Map(), set }
}

function inputsOf(
  scope: Scope,
  node: UiNode,
  broadcast: ReadonlyMap<string, Broadcast> | undefined,
): Map<string, Input> {
  const inputs = new Map<string, Input>()
  for (const [name, value] of namedWidgets(node))
    inputs.set(name, { kind: 'value', value: withoutComments(node, value) })
  for (const slot of node.inputs) {
    const sent = slot.link === null ? broadcast?.get(slot.name) : { linkId: slot.link }
    if (sent === undefined) continue
    const input = 'linkId' in sent ? originOf(scope, sent.linkId) : sent
    if (input !== null) inputs.set(slot.name, input)
  }
  return inputs
}

/** The window leaves comments out of the texts of encoders when it sends them to run (its dynamicPrompts extension). */
function withoutComments(node: UiNode, value: unknown): unknown {
  if (typeof value !== 'string' || !node.type.startsWith('CLIPTextEncode')) return value
  let kept = ''
  let from = 0
  for (let at = value.indexOf('/*'); at >= 0; at = value.indexOf('/*', from)) {
    const end = value.indexOf('*/', at + 2)
    if (end < 0) break
    kept += value.slice(from, at)
    from = end + 2
  }
  return (kept + value.slice(from)).replace(/\/\/.*/g, '')
}

/** Where a link really comes from; null when it is cut, and when nothing is known of it. */
function originOf(from: Scope, linkId: string): Input | null {
  let scope = from
  let id: string | null = linkId
  for (let hop = 0; hop < maxHops && id !== null; hop++) {
    const link = scope.sheet.links.get(id)
    if (link === undefined) return null
    if (link.from === '-10' && scope.outer !== null) {
      const { node } = scope.outer
      const name = scope.sheet.inputNames[link.fromSlot]
      const slot = node.inputs.find((each) => each.name === name)
      if (slot === undefined || slot.link === null) return promotedValue(node, name)
      id = slot.link
      scope = scope.outer.scope
      continue
    }
    const node = scope.sheet.nodes.get(link.from)
    if (node === undefined || node.mode === muted) return null
    const inner = scope.inner.get(node.id)
    if (node.mode === bypassed) {
      id = bypass(node, link.fromSlot, link.type)
    } else if (/^Reroute/.test(node.type)) {
      id = node.inputs[0]?.link ?? null
    } else if (node.type === 'GetNode') {
      const name = listOf(node.widgetValues)[0]
      id = (typeof name === 'string' ? scope.set.get(name) : undefined)?.inputs[0]?.link ?? null
    } else if (node.type === 'PrimitiveNode') {
      const [value] = listOf(node.widgetValues)
      return value === undefined ? null : { kind: 'value', value }
    } else if (inner !== undefined) {
      id = outputLink(inner.sheet, link.fromSlot)
      scope = inner
    } else {
      const end: Link = { node: scope.prefix + node.id, slot: link.fromSlot }
      return { kind: 'link', link: end }
    }
  }
  return null
}

/** The value of a subgraph's input that nothing is linked to: a field on the subgraph's own node. */
function promotedValue(node: UiNode, name: string | undefined): Input | null {
  if (name === undefined) return null
  const values = listOf(node.widgetValues)
  const promoted = listOf(node.properties.proxyWidgets).map((entry) => listOf(entry).map(idText))
  const own = promoted.filter(([owner]) => owner === '-1')
  const names = promoted.length === values.length ? promoted : own
  let index = names.findIndex(([owner, field]) => owner === '-1' && field === name)
  if (index < 0 && promoted.length === 0) {
    index = node.inputs.filter((slot) => slot.isWidget).findIndex((slot) => slot.name === name)
  }
  const value = index < 0 ? undefined : values[index]
  return value === undefined || value === null ? null : { kind: 'value', value }
}

function outputLink(sheet: UiSheet, slot: number): string | null {
  for (const [id, link] of sheet.links) if (link.to === '-20' && link.toSlot === slot) return id
  return null
}

/** A bypassed node hands on its input of the output's type, the one at the same place first. */
function bypass(node: UiNode, slot: number, type: string): string | null {
  const wanted = node.outputs[slot]?.type ?? type
  const same = node.inputs[slot]
  if (same !== undefined && same.type === wanted && same.link !== null) return same.link
  return node.inputs.find((input) => input.type === wanted && input.link !== null)?.link ?? null
}

/** What a display node had shown when the picture was saved; pysssh writes it back into the workflow. */
function shownText(node: UiNode): string | null {
  if (!/^(ShowText\|pysssh|ShowText|easy showAnything|PreviewAny|Display Any \(rgthree\))$/.test(node.type)) return null
  const [value] = listOf(node.widgetValues)
  const text = Array.isArray(value) ? value[0] : value
  return typeof text === 'string' && text.trim() !== '' ? text : null
}
