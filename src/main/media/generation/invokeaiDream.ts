import type { Generation } from '../../../shared/domain/generation.ts'
import { generationOf, numberFrom, seedFrom, sideFrom, textFrom } from './generationFacts.ts'

/** Flags with a value that become fields; the other flags are settings by their own names. */
const FIELD_FLAGS: ReadonlySet<string> = new Set(['-s', '-S', '-W', '-H', '-C', '-A', '-f'])
const LONG_FLAGS: ReadonlyMap<string, string> = new Map([
  ['--steps', '-s'],
  ['--seed', '-S'],
  ['--width', '-W'],
  ['--height', '-H'],
  ['--cfg_scale', '-C'],
  ['--sampler', '-A'],
  ['--strength', '-f'],
])
const MAX_WORDS = 1_000

/**
 * The command line by which InvokeAI before 3.0 could make a picture again:
 * `"a cat [blurry]" -s 50 -S 42 -W 512 -H 768 -C 7.5 -A k_lms`. Null if it has no such flags.
 * Source: InvokeAI 2.3, docs/features/CLI.md.
 */
export function parseDream(line: string): Generation | null {
  const { prompt, rest } = splitPrompt(line.replaceAll('\0', '').trim())
  const values = flagValues(rest)
  if (!values.has('-S') && !values.has('-s')) return null
  return generationOf({
    generator: 'InvokeAI',
    ...splitBrackets(prompt),
    seed: seedFrom(values.get('-S')),
    steps: numberFrom(values.get('-s')),
    width: sideFrom(values.get('-W')),
    height: sideFrom(values.get('-H')),
    cfg: numberFrom(values.get('-C')),
    sampler: textFrom(values.get('-A')),
    strength: numberFrom(values.get('-f')),
    settings: [...values].filter(([flag]) => !FIELD_FLAGS.has(flag)),
  })
}

/** InvokeAI before 3.0 has the negative prompt within the prompt, in square brackets. A backslash takes their meaning. */
export function splitBrackets(prompt: string): { prompt: string | null; negative_prompt: string | null } {
  const positive: string[] = []
  const negative: string[] = []
  let from = 0
  for (let open = bracket(prompt, '[', 0); open !== -1; open = bracket(prompt, '[', from)) {
    const close = bracket(prompt, ']', open + 1)
    if (close === -1) break
    positive.push(prompt.slice(from, open))
    negative.push(prompt.slice(open + 1, close).trim())
    from = close + 1
  }
  positive.push(prompt.slice(from))
  return {
    prompt: textFrom(
      positive
        .map((part) => part.trim())
        .filter((part) => part !== '')
        .join(' '),
    ),
    negative_prompt: textFrom(negative.filter((part) => part !== '').join(', ')),
  }
}

function bracket(text: string, character: string, from: number): number {
  let at = text.indexOf(character, from)
  while (at > 0 && text[at - 1] === '\\') at = text.indexOf(character, at + 1)
  return at
}

/** The prompt stands in quotes, or ends before the first flag. */
function splitPrompt(line: string): { prompt: string; rest: string } {
  if (line.startsWith('"')) {
    // The last quote, because quotes within the prompt are not always escaped.
    const end = line.lastIndexOf('"')
    if (end > 0) return { prompt: line.slice(1, end).replaceAll('\\"', '"'), rest: line.slice(end + 1) }
  }
  const flag = /\s-{1,2}[A-Za-z]/.exec(line)
  return flag === null
    ? { prompt: line, rest: '' }
    : { prompt: line.slice(0, flag.index), rest: line.slice(flag.index) }
}

/** Values by flag; a flag may have several words, or none. */
function flagValues(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  let flag: string | null = null
  for (const word of text.split(/\s+/, MAX_WORDS)) {
    if (/^--?[A-Za-z]/.test(word)) {
      const [name = word, value] = attached(word)
      flag = LONG_FLAGS.get(name) ?? name
      values.set(flag, value ?? '')
    } else if (flag !== null && word !== '') {
      values.set(flag, `${values.get(flag) ?? ''} ${word}`.trim())
    }
  }
  return values
}

/** `-s50` and `--steps=50` are `-s 50`. */
function attached(word: string): readonly [string, string?] {
  const equals = word.indexOf('=')
  if (word.startsWith('--')) return equals === -1 ? [word] : [word.slice(0, equals), word.slice(equals + 1)]
  return /^-[A-Za-z]\d/.test(word) ? [word.slice(0, 2), word.slice(2)] : [word]
}
