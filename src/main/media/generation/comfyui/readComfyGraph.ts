import { nothingSaid } from '../../../../shared/domain/generation.ts'
import { parseLooseJson } from '../looseJson.ts'
import { apiGraph } from './apiGraph.ts'
import { outputRanks } from './findOutputs.ts'
import type { Graph, GraphNode } from './graph.ts'
import { type Picture, picturesBehind } from './passes.ts'
import { type ComfyFacts, passLine, readPicture, readSaveNode } from './readPass.ts'
import { readWords } from './readWords.ts'
import { uiGraph, uiLabels } from './uiGraph.ts'

/**
 * How a picture was made, from the graphs that ComfyUI writes into it: walks from the node that saved it back to the
 * sampler, and from there to prompts, model, LoRAs, VAE, seed and size. Where several passes made the picture, the facts are
 * those of the first one that the others only refine (`Picture` in passes.ts); the others stand in `settings`.
 *
 * A file with several pictures in its graph does not say which of them it is; then only what they agree on is told.
 * What can't be reached stays null.
 *
 * @param prompt text of the graph that ran (node id → `{class_type, inputs}`)
 * @param workflow text of the graph in the window; read in place of the other one, and beside it for names of outputs and
 * for texts that display nodes kept
 * @returns null when neither is a graph of ComfyUI
 */
export function readComfyGraph(prompt: string | null, workflow: string | null): ComfyFacts | null {
  const values = [prompt, workflow].map((text) => (text === null ? undefined : parseLooseJson(text)))
  const ran = values.map(apiGraph).find((graph) => graph !== null) ?? null
  if (ran !== null) {
    const labels = values.map(uiLabels).find((each) => each !== null)
    return readGraph(labels === undefined ? ran : { ...ran, ...labels })
  }
  const drawn = values.map(uiGraph).find((graph) => graph !== null)
  return drawn === undefined ? null : readGraph(drawn)
}

function readGraph(graph: Graph): ComfyFacts {
  const known = new Map<string, Picture>()
  for (const outputs of outputRanks(graph)) {
    const pictures = new Map<string, { readonly picture: Picture; readonly output: GraphNode }>()
    for (const output of outputs) {
      for (const picture of picturesBehind(graph, output, known)) {
        const other = pictures.get(picture.base.id)
        if (other === undefined || other.picture.later.length < picture.later.length)
          pictures.set(picture.base.id, { picture, output })
      }
    }
    if (pictures.size > 0) return withLastResort(graph, agreed(graph, [...pictures.values()].slice(0, 16)))
  }
  const [saved] = outputRanks(graph)
  const facts = saved?.[0] === undefined ? nothingSaid : completed(nothingSaid, readSaveNode(graph, saved[0]))
  return withLastResort(graph, facts)
}

function agreed(graph: Graph, found: readonly { picture: Picture; output: GraphNode }[]): ComfyFacts {
  const all = found.map(({ picture, output }) => completed(readPicture(graph, picture), readSaveNode(graph, output)))
  const [first = nothingSaid, ...others] = all
  if (others.length === 0) return first
  const same = <Key extends keyof ComfyFacts>(key: Key): boolean =>
    others.every((other) => JSON.stringify(other[key]) === JSON.stringify(first[key]))
  const settings: Record<string, string> = same('settings') ? { ...first.settings } : {}
  found.forEach(({ picture, output }, index) => {
    settings[`${output.type} ${output.id}`.slice(0, 100)] ??= passLine(graph, picture.base)
    const prompt = all[index]?.prompt ?? null
    if (prompt !== null && !same('prompt')) settings[`prompt of ${output.type} ${output.id}`.slice(0, 100)] ??= prompt
  })
  return {
    prompt: same('prompt') ? first.prompt : null,
    negative_prompt: same('negative_prompt') ? first.negative_prompt : null,
    model: same('model') ? first.model : null,
    model_hash: null,
    seed: same('seed') ? first.seed : null,
    sampler: same('sampler') ? first.sampler : null,
    scheduler: same('scheduler') ? first.scheduler : null,
    steps: same('steps') ? first.steps : null,
    cfg: same('cfg') ? first.cfg : null,
    width: same('width') ? first.width : null,
    height: same('height') ? first.height : null,
    strength: same('strength') ? first.strength : null,
    vae: same('vae') ? first.vae : null,
    loras: same('loras') ? first.loras : [],
    settings,
  }
}

/** What the walk could not reach, as the save node was told it. */
function completed(facts: ComfyFacts, saved: Partial<ComfyFacts>): ComfyFacts {
  return {
    ...facts,
    prompt: facts.prompt ?? saved.prompt ?? null,
    negative_prompt: facts.negative_prompt ?? saved.negative_prompt ?? null,
    model: facts.model ?? saved.model ?? null,
    seed: facts.seed ?? saved.seed ?? null,
    sampler: facts.sampler ?? saved.sampler ?? null,
    scheduler: facts.scheduler ?? saved.scheduler ?? null,
    steps: facts.steps ?? saved.steps ?? null,
    cfg: facts.cfg ?? saved.cfg ?? null,
    width: facts.width ?? saved.width ?? null,
    height: facts.height ?? saved.height ?? null,
  }
}

/** A graph with exactly one text encoder can only have been told by that one. */
function withLastResort(graph: Graph, facts: ComfyFacts): ComfyFacts {
  if (facts.prompt !== null || facts.negative_prompt !== null) return facts
  const encoders: GraphNode[] = []
  for (const node of graph.nodes.values()) {
    if (/text_?encode/i.test(node.type) && encoders.length < 2) encoders.push(node)
  }
  const [only] = encoders
  if (only === undefined || encoders.length > 1) return facts
  return { ...facts, prompt: readWords(graph, { kind: 'link', link: { node: only.id, slot: 0 } }, 'positive').text }
}
