import { z } from 'zod'
import { tagIdSchema } from './ids.ts'

/** Separates the names of a path: `animals/cats/siamese`. */
export const TAG_SEPARATOR = '/'

const plainText = z
  .string()
  .transform((text) => text.normalize('NFC').replace(/\s+/g, ' ').trim())
  .pipe(
    z
      .string()
      .min(1, 'A tag needs a name.')
      .max(100, 'A tag’s name has at most 100 characters.')
      .regex(/^\P{Cc}*$/u, 'A tag’s name can’t hold control characters.'),
  )

/** The name of one tag. Spaces at the ends are cut, those between words become one. */
export const tagNameSchema = plainText.refine(
  (name) => !name.includes(TAG_SEPARATOR),
  'A tag’s name can’t hold “/”, which separates the names of a path.',
)

/** What a person types to name a tag: its name, an alias, or a path of names. */
export const typedTagSchema = z.string().min(1).max(1000)

export const tagColorSchema = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, 'A colour is written #rrggbb.')
  .transform((color) => color.toLowerCase())

export const tagSchema = z.object({
  id: tagIdSchema,
  name: z.string(),
  /** Names from the root on, joined by “/”; of a tag at the root, its name. */
  path: z.string(),
  /** `#rrggbb`. */
  color: z.string().nullable(),
  parent_id: tagIdSchema.nullable(),
  aliases: z.array(z.string()),
  position: z.number(),
  /** Assets with this very tag. Here and below, those in Trash do not count. */
  asset_count: z.number().int().nonnegative(),
  /** Assets with this tag or one below it, each once. */
  total_count: z.number().int().nonnegative(),
})
export type Tag = z.infer<typeof tagSchema>

/** Two names are the same tag when their keys are. */
export function tagKey(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

/** The names of a typed path, `['cats']` for a mere name. Empty ones are left out. */
export function tagPath(typed: string): readonly string[] {
  return typed
    .split(TAG_SEPARATOR)
    .map((name) => name.normalize('NFC').replace(/\s+/g, ' ').trim())
    .filter((name) => name !== '')
}
