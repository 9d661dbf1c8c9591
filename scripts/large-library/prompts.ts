import type { Random } from '../demo-art/random.ts'
import { weighted } from './chance.ts'
import { chinese, english, german, japanese, type PromptWords, unwanted, vietnamese } from './words.ts'

const languages = [
  [english, 86],
  [japanese, 5],
  [chinese, 4],
  [german, 3],
  [vietnamese, 2],
] as const

const extras = [
  'highly detailed, 8k',
  'trending composition, rule of thirds',
  'muted palette of ochre and teal, fine grain, subtle vignette, no people in the foreground',
  'intricate ornaments, thin linework, flat colours, plenty of negative space around the subject',
  'shot on a 50mm lens at f/1.8, kodak tones, dust particles in the air, gentle halation around the highlights',
] as const

/** A prompt as people write them: mostly English, some in other scripts, short ones and long ones. */
export function composePrompt(random: Random): string {
  const vocabulary = weighted<PromptWords>(random, languages)
  const base = random.pick(vocabulary.sentences).replace(/\{([asply])\}/g, (_, slot: string) => {
    switch (slot) {
      case 'a':
        return random.pick(vocabulary.adjectives)
      case 's':
        return random.pick(vocabulary.subjects)
      case 'p':
        return random.pick(vocabulary.places)
      case 'l':
        return random.pick(vocabulary.lights)
      default:
        return random.pick(vocabulary.styles)
    }
  })
  return vocabulary === english && random.chance(0.4) ? `${base}, ${random.pick(extras)}` : base
}

/** What the picture should not have; null for the many that name nothing. */
export function composeNegativePrompt(random: Random): string | null {
  if (random.chance(0.25)) return null
  const from = random.below(unwanted.length)
  const count = random.whole(2, 14)
  return Array.from({ length: count }, (_, index) => unwanted[(from + index * 5) % unwanted.length]).join(', ')
}
