import { splitSettings } from './a1111Settings.ts'

/** The three parts of a text of parameters as AUTOMATIC1111's web UI writes it. */
export interface A1111Text {
  readonly prompt: string
  readonly negativePrompt: string
  /** Names and values in their order, values without the quotes around them. */
  readonly settings: readonly (readonly [name: string, value: string])[]
}

const NEGATIVE = 'Negative prompt:'
/** Every text of parameters has one of these; a first look, since texts can be large and hardly any is one. */
const COUNTED = /\b(?:Steps|Seed):\s*\d/i
/** Names that, several together, nothing else but a generation has. In lower case. */
const CORE: ReadonlySet<string> = new Set([
  'steps',
  'sampler',
  'cfg scale',
  'seed',
  'size',
  'model',
  'model hash',
  'schedule type',
  'scheduler',
  'denoising strength',
  'clip skip',
])
/** Those of them that notes of other kinds hardly have. */
const TELLING: ReadonlySet<string> = new Set(['steps', 'sampler', 'cfg scale', 'seed', 'model hash'])
/** Real ones have some kilobytes, or one megabyte with a mask in them. Longer texts are something else. */
const MAX_LENGTH = 2 * 1024 ** 2
const STEPS_LINE = /^[ \t]*Steps: ?\d/
const TEMPLATE_LINE = /^[ \t]*(?:Negative )?Template:/

/**
 * Takes a text of parameters apart: prompt, `Negative prompt:` at the start of a line, settings from the last line that
 * begins with `Steps:` (or, without one, a last line of other settings), behind which templates may follow. Prompts may
 * have lines like these in them, so what counts is the last one. Null if the text has no such settings: it is something
 * else. Source: `parse_generation_parameters` and `create_infotext` of AUTOMATIC1111/stable-diffusion-webui.
 */
export function parseA1111Text(text: string): A1111Text | null {
  if (text.length > MAX_LENGTH || !COUNTED.test(text)) return null
  const lines = withoutNuls(text).replace(/\r\n?/g, '\n').split('\n')
  return splitAtLine(lines) ?? splitWithinLine(lines.join(' '))
}

/**
 * Prompt and negative prompt of a text that has no settings. Only for places where nothing but parameters stands.
 * Null if it has no negative prompt either.
 */
export function parseBarePrompts(text: string): A1111Text | null {
  if (text.length > MAX_LENGTH) return null
  const lines = withoutNuls(text).replace(/\r\n?/g, '\n').split('\n')
  return lines.some(isNegativeLine) ? { ...splitPrompts(lines), settings: [] } : null
}

function splitAtLine(lines: readonly string[]): A1111Text | null {
  const { start, end } = findSettings(lines)
  if (start === null) return null
  const settings = splitSettings(lines.slice(start, end).join('\n'))
  if (!isGeneration(settings)) return null
  return { ...splitPrompts(lines.slice(0, start)), settings: [...settings, ...splitTemplates(lines.slice(end))] }
}

/** The lines of settings: from `start` up to the templates or the end. */
function findSettings(lines: readonly string[]): { start: number | null; end: number } {
  let start: number | null = null
  for (const [index, line] of lines.entries()) {
    if (STEPS_LINE.test(line)) start = index
    else if (start !== null && TEMPLATE_LINE.test(line)) return { start, end: index }
  }
  if (start !== null) return { start, end: lines.length }
  const last = lines.findLastIndex((line) => line.trim() !== '')
  return { start: beginsWithCoreName(lines[last] ?? '') ? last : null, end: lines.length }
}

function beginsWithCoreName(line: string): boolean {
  const start = line.trimStart().slice(0, 40)
  return CORE.has(start.slice(0, Math.max(0, start.indexOf(':'))).toLowerCase())
}

/** All on one line, as after a way through a field that has no line breaks. */
function splitWithinLine(line: string): A1111Text | null {
  const start = line.lastIndexOf(' Steps: ')
  if (start === -1) return null
  const settings = splitSettings(line.slice(start))
  if (!isGeneration(settings)) return null
  const prompts = line.slice(0, start)
  const negative = prompts.indexOf(` ${NEGATIVE}`)
  if (prompts.startsWith(NEGATIVE) || negative === -1) return { ...splitPrompts([prompts]), settings }
  return {
    prompt: prompts.slice(0, negative).trim(),
    negativePrompt: prompts.slice(negative + NEGATIVE.length + 1).trim(),
    settings,
  }
}

/** Not a recipe, whose steps have no sampler, nor a model's name and clothes size. */
function isGeneration(settings: readonly (readonly [string, string])[]): boolean {
  const values = new Map(settings.map(([name, value]) => [name.toLowerCase(), value]))
  const core = [...values.keys()].filter((name) => CORE.has(name))
  const telling = core.filter((name) => TELLING.has(name)).length
  const isCounted = [values.get('steps'), values.get('seed')].some((value) => /^\d+$/.test(value ?? ''))
  return isCounted && (telling >= 2 || core.length >= 3)
}

function splitPrompts(lines: readonly string[]): { prompt: string; negativePrompt: string } {
  const negative = lines.findIndex(isNegativeLine)
  if (negative === -1) return { prompt: lines.join('\n').trim(), negativePrompt: '' }
  const after = lines.slice(negative).join('\n').trimStart().slice(NEGATIVE.length)
  return { prompt: lines.slice(0, negative).join('\n').trim(), negativePrompt: after.trim() }
}

function isNegativeLine(line: string): boolean {
  return line.trimStart().startsWith(NEGATIVE)
}

/** What sd-dynamic-prompts writes behind the settings: texts of several lines, not quoted. */
function splitTemplates(lines: readonly string[]): readonly (readonly [string, string])[] {
  const templates: [string, string][] = []
  for (const line of lines) {
    const colon = line.indexOf(':')
    const last = templates.at(-1)
    if (TEMPLATE_LINE.test(line)) templates.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()])
    else if (last !== undefined) last[1] += `\n${line}`
  }
  return templates
}

function withoutNuls(text: string): string {
  return text.replaceAll('\0', '')
}
