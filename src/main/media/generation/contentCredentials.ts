import type { Generation } from '../../../shared/domain/generation.ts'
import type { ContentCredentials } from '../carriers/carriers.ts'
import { generationOf, textFrom } from './generationFacts.ts'
import type { Payloads } from './payloads.ts'
import type { Reading } from './reading.ts'

/**
 * Kinds of origin in which a trained model made the picture or a part of it.
 * Source: IPTC NewsCodes, Digital Source Type.
 */
const GENERATIVE: ReadonlySet<string> = new Set([
  'trainedAlgorithmicMedia',
  'compositeWithTrainedAlgorithmicMedia',
  'compositeSynthetic',
])
/** By what programs call themselves in claims, in credits and as agents; the first that fits counts. */
const MAKERS: readonly (readonly [pattern: RegExp, generator: string])[] = [
  [/\b(?:microsoft|bing image creator|image creator from|azure openai)/i, 'Microsoft Designer'],
  [/\b(?:openai|chatgpt|gpt-4o|gpt-image|dall[-·. ]?e|sora)\b/i, 'OpenAI'],
  [/\bfirefly\b/i, 'Adobe Firefly'],
  [/\b(?:google|gemini|imagen|veo)\b/i, 'Google Gemini'],
  [/\bmidjourney\b/i, 'Midjourney'],
  [/\b(?:amazon titan|titan image|amazon nova|nova canvas)\b/i, 'Amazon Titan'],
  [/\bstability ?ai\b/i, 'Stability AI'],
  [/\bblack forest labs\b/i, 'Black Forest Labs'],
  [/\bleonardo(?:\.ai)?\b/i, 'Leonardo.Ai'],
  [/\bideogram\b/i, 'Ideogram'],
  [/\bimagined with ai\b|\bmeta ai\b/i, 'Meta AI'],
]
/** Programs that do nothing but generate, whose first manifests named no digital source type. */
const GENERATORS_ONLY = /\b(?:openai|chatgpt|gpt-4o|gpt-image|dall[-·. ]?e|bing image creator|image creator from)\b/i
const MODEL = /^(?:gpt-|dall|sora|imagen|gemini|veo|firefly|flux|titan|nova)[\w .·-]{0,60}$/i
const MAX_NAME_LENGTH = 100

/**
 * What the content credentials (C2PA) of a file say about its origin, as far as a model had a part in it: that it was
 * generated, and by what. Null for credentials of a camera or of an edit without a model. Prompts are not among them.
 * Source: C2PA Technical Specification 2.x, actions and claim generator.
 */
export function readCredentials(credentials: ContentCredentials | null): Generation | null {
  if (credentials === null) return null
  const { claimGenerator, softwareAgents, digitalSourceTypes } = credentials
  const names = [...softwareAgents, ...(claimGenerator === null ? [] : [claimGenerator])]
  const isGenerative = digitalSourceTypes.some((type) => GENERATIVE.has(type))
  const isGenerator = digitalSourceTypes.length === 0 && names.some((name) => GENERATORS_ONLY.test(name))
  if (!isGenerative && !isGenerator) return null
  return generationOf({
    generator: makerOf(names) ?? programName(claimGenerator ?? softwareAgents[0] ?? '') ?? 'Content Credentials',
    model: textFrom(softwareAgents.find((name) => MODEL.test(name.trim()))),
    settings: [
      ['Claim generator', claimGenerator],
      ['Software agent', softwareAgents.join(', ')],
      ['Digital source type', digitalSourceTypes.join(', ')],
    ],
  })
}

/** The same as IPTC properties in XMP, without a manifest. */
export function readSourceType(payloads: Payloads): Reading | null {
  const type = payloads
    .named('digitalsourcetype', 'digitalsourcefiletype')
    .find(({ text }) => GENERATIVE.has(lastSegment(text)))
  if (type === undefined) return null
  const named = payloads.named('aisystemused', 'creatortool', 'software', 'credit')
  const names = named.map(({ text }) => text.trim())
  const prompt = payloads.find('aipromptinformation')
  return {
    generation: generationOf({
      generator: makerOf(names) ?? programName(names[0] ?? '') ?? 'Generative AI',
      version: textFrom(payloads.find('aisystemversionused')?.text),
      prompt: textFrom(prompt?.text),
      settings: [
        ['Digital source type', lastSegment(type.text)],
        ...named.map(({ source, text }): [string, string] => [source.key, text]),
      ],
    }),
    used: [type, ...named, ...(prompt === null ? [] : [prompt])],
  }
}

function makerOf(names: readonly string[]): string | null {
  return MAKERS.find(([pattern]) => names.some((name) => pattern.test(name.slice(0, 1_000))))?.[1] ?? null
}

/** `Acme_Image_Maker/2.1 c2pa-rs/0.28.4` is Acme Image Maker. */
function programName(claim: string): string | null {
  const name = claim.slice(0, MAX_NAME_LENGTH).split('/')[0] ?? ''
  return textFrom(name.replaceAll('_', ' '))
}

function lastSegment(uri: string): string {
  const text = uri.trim()
  return text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf(':')) + 1)
}
