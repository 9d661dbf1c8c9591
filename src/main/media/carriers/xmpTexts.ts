import { type XmpProperty, xmpProperties } from './xmpProperties.ts'

/** A property that says how a picture was made. */
export interface XmpText {
  /** Name of the property without its prefix. */
  readonly key: string
  readonly text: string
}

/** Properties in which programs write prompts, parameters and their own name. */
const NAMES: ReadonlySet<string> = new Set([
  'UserComment',
  'ImageDescription',
  'description',
  'title',
  'CreatorTool',
  'Software',
  'software',
  'DigitalImageGUID',
  'DigImageGUID',
  'DigitalSourceType',
  'Credit',
  'AISystemUsed',
  'AISystemVersionUsed',
  'AIPromptInformation',
  'AIPromptWriterName',
])
/** Names that generators make up: `sd:prompt`, `ai:parameters`, `pnginfo`, `fooocus_scheme`, … */
const GENERATOR_NAME =
  /^(?:parameters|negative_?prompt|prompt|workflow|pnginfo|comment|.*(?:metadata|parameters|scheme|prompt))$/i
/** Its `parameters` are those of saving and converting. */
const HISTORY = 'http://ns.adobe.com/xap/1.0/sType/ResourceEvent#'
/** Steps as A1111 writes them, or something that begins like a JSON object or list. */
const GENERATOR_TEXT = /\bSteps: ?\d|^\s*(?:\{\s*"|\[\s*[{"])/

/** The texts of a packet that may say how the picture was made. */
export function xmpTexts(packet: string): readonly XmpText[] {
  return xmpProperties(packet)
    .filter(({ namespace }) => namespace !== HISTORY)
    .map((property) => ({ key: property.name, text: textOf(property) }))
    .filter(({ key, text }) => NAMES.has(key) || GENERATOR_NAME.test(key) || GENERATOR_TEXT.test(text))
}

/** Alternatives in languages say the same: the default one is enough. Items of a list are a line each. */
function textOf({ name, values }: XmpProperty): string {
  return name === 'description' || name === 'title' || name === 'UserComment' ? (values[0] ?? '') : values.join('\n')
}
