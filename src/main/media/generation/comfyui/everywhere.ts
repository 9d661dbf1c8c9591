import { asNumber, asObject, type Input } from './graph.ts'
import { listOf, type UiNode, type UiSheet, type UiSlot } from './uiNodes.ts'

const muted = 2
const bypassed = 4
const controls = /^(fixed|increment|decrement|randomize)$/

/** What comes to a free input: by a link of the sheet, or a seed itself. */
export type Broadcast = { readonly linkId: string } | Extract<Input, { kind: 'value' }>

/**
 * What the nodes of cg-use-everywhere send to inputs that nothing is linked to: node id → input name → what comes.
 *
 * `Anything Everywhere` (and 3) send each of their inputs to all free inputs of its type, `Prompts Everywhere` its two to
 * inputs named positive and negative, `Seed Everywhere` its seed to fields named seed or noise_seed. A sender that is
 * restricted to a group, a colour or names by a pattern of its own sends nothing here: whom it meant is not guessed, and a
 * pattern out of a file is not run.
 */
export function everywhereLinks(sheet: UiSheet): ReadonlyMap<string, ReadonlyMap<string, Broadcast>> {
  const byType = new Map<string, string>()
  const byName = new Map<string, string>()
  let seed: unknown
  for (const node of sheet.nodes.values()) {
    if (node.mode === muted || node.mode === bypassed || !isSender(node) || isRestricted(node)) continue
    if (node.type === 'Seed Everywhere') seed ??= listOf(node.widgetValues)[0]
    node.inputs.forEach((slot, index) => {
      const type = slot.link === null ? undefined : sheet.links.get(slot.link)?.type
      if (slot.link === null || type === undefined || type === '' || type === '*') return
      if (node.type === 'Prompts Everywhere') byName.set(index === 0 ? 'positive' : 'negative', slot.link)
      else if (!byType.has(type)) byType.set(type, slot.link)
    })
  }
  const all = new Map<string, ReadonlyMap<string, Broadcast>>()
  if (byType.size === 0 && byName.size === 0 && seed === undefined) return all
  for (const node of sheet.nodes.values()) {
    if (isSender(node)) continue
    const links = new Map<string, Broadcast>()
    for (const slot of node.inputs) {
      if (slot.link !== null) continue
      if (slot.isWidget) {
        if (seed !== undefined && isFreeSeed(node, slot)) links.set(slot.name, { kind: 'value', value: seed })
        continue
      }
      const named = slot.type === 'CONDITIONING' ? byName.get(slot.name) : undefined
      const link = named ?? byType.get(slot.type)
      if (link !== undefined) links.set(slot.name, { linkId: link })
    }
    if (links.size > 0) all.set(node.id, links)
  }
  return all
}

/** A seed that takes broadcasts: turned into an input (older windows), or marked so (newer ones show every field as one). */
function isFreeSeed(node: UiNode, slot: UiSlot): boolean {
  if (!/^(noise_)?seed$/.test(slot.name)) return false
  if (asObject(node.properties.widget_ue_connectable)?.[slot.name] === true) return true
  return node.inputs.filter((each) => each.isWidget).length < listOf(node.widgetValues).length - 1
}

function isSender(node: UiNode): boolean {
  return /^(Anything Everywhere[3?]?|Prompts Everywhere|Seed Everywhere)$/.test(node.type)
}

function isRestricted(node: UiNode): boolean {
  const { group_restricted, color_restricted } = node.properties
  if ([group_restricted, color_restricted].some((each) => each !== undefined && asNumber(each) !== 0)) return true
  return listOf(node.widgetValues).some(
    (value) => typeof value === 'string' && value !== '' && value !== '.*' && !controls.test(value),
  )
}
