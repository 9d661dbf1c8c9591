import { assetStatusSchema, assetTypeSchema, colorLabelSchema, syncStateSchema, visibilitySchema } from '../asset.ts'
import { colorNames } from './values/colorValue.ts'

/** How the value of a field is read. */
export type ValueKind =
  | 'name'
  | 'choice'
  | 'words'
  | 'text'
  | 'number'
  | 'size'
  | 'duration'
  | 'aspect'
  | 'color'
  | 'date'
  | 'asset'

export interface SearchFieldInfo {
  /** One line for a person. */
  readonly explanation: string
  readonly kind: ValueKind
  /** Searches that mean something, as they are shown in the manual. */
  readonly examples: readonly string[]
  /** What it can be, with an explanation where the word does not say it all. */
  readonly values?: Readonly<Record<string, string>>
}

function plain(values: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(values.map((value) => [value, '']))
}

const isValues = {
  favorite: 'marked with the heart',
  tagged: 'has at least one tag',
  untagged: 'has no tag',
  unsorted: 'kept, but in no collection',
  rated: 'has a rating',
  unrated: 'has no rating',
  kept: 'in the Library',
  workspace: 'in the Workspace',
  duplicate: 'another asset has the same bytes',
  missing: 'its file is gone',
  error: 'could not be read',
  animated: 'a picture that moves',
  linked: 'stays where it was found, outside of the library folder',
}

const hasValues = {
  title: 'a title of its own',
  notes: 'notes',
  gps: 'a place where it was taken',
  generation: 'facts about how it was generated',
  prompt: 'a prompt',
  seed: 'a seed',
  sidecar: 'a sidecar file',
  versions: 'earlier versions',
}

/** Every field of the language; the one list that the parser, completion, the manual and the catalogue agree on. */
const fields = {
  tag: {
    kind: 'name',
    explanation: 'a tag by its name, path or alias, or a tag below it',
    examples: ['tag:landscape', 'tag:"key art"', 'tag:animals/cats'],
  },
  collection: {
    kind: 'name',
    explanation: 'in a collection or one below it, by name or id',
    examples: ['collection:Harbours', 'collection:unsorted'],
  },
  type: {
    kind: 'choice',
    values: plain(assetTypeSchema.options),
    explanation: 'what kind of file it is',
    examples: ['type:image', '-type:video'],
  },
  is: {
    kind: 'choice',
    values: isValues,
    explanation: 'a state that it is in',
    examples: ['is:favorite', '-is:tagged'],
  },
  has: { kind: 'choice', values: hasValues, explanation: 'something that it has', examples: ['has:gps', 'has:notes'] },
  ext: { kind: 'name', explanation: 'the extension of the file', examples: ['ext:png'] },
  name: { kind: 'words', explanation: 'words of the file name', examples: ['name:IMG_1234', 'name:*final*'] },
  title: { kind: 'words', explanation: 'words of the title', examples: ['title:"evening light"'] },
  notes: { kind: 'words', explanation: 'words of the notes', examples: ['notes:client'] },
  prompt: { kind: 'words', explanation: 'words of the prompt', examples: ['prompt:harbour', 'prompt:"low fog"'] },
  negative: { kind: 'words', explanation: 'words of the negative prompt', examples: ['negative:blurry'] },
  model: {
    kind: 'name',
    explanation: 'the model that made it, or a part of its name; with = the whole name',
    examples: ['model:sdxl', 'model="Juggernaut XL"'],
  },
  generator: {
    kind: 'name',
    explanation: 'the tool that made it, or a part of its name; with = the whole name',
    examples: ['generator:ComfyUI'],
  },
  sampler: {
    kind: 'name',
    explanation: 'the sampler, or a part of its name; with = the whole name',
    examples: ['sampler:euler'],
  },
  lora: {
    kind: 'name',
    explanation: 'a LoRA or other network that was mixed in, or a part of its name',
    examples: ['lora:detail'],
  },
  seed: { kind: 'text', explanation: 'the seed, to the digit', examples: ['seed:12345'] },
  rating: { kind: 'number', explanation: 'stars, 0 to 5', examples: ['rating>=4', 'rating:3..5'] },
  label: {
    kind: 'choice',
    values: { ...plain(colorLabelSchema.options), none: 'without a label' },
    explanation: 'the colour label',
    examples: ['label:red'],
  },
  size: { kind: 'size', explanation: 'size of the file', examples: ['size>10mb', 'size:100kb..2mb'] },
  width: { kind: 'number', explanation: 'width in pixels', examples: ['width>=3000', 'width:512..1024'] },
  height: { kind: 'number', explanation: 'height in pixels', examples: ['height:1080'] },
  aspect: {
    kind: 'aspect',
    values: { landscape: 'wider than high', portrait: 'higher than wide', square: 'about as wide as high' },
    explanation: 'width to height, within 3 %',
    examples: ['aspect:16:9', 'aspect>1', 'aspect:portrait'],
  },
  duration: {
    kind: 'duration',
    explanation: 'length of a film or sound',
    examples: ['duration>30s', 'duration:1:30..2min'],
  },
  color: {
    kind: 'color',
    values: plain(colorNames),
    explanation: 'a colour that is common in the picture, or one near it',
    examples: ['color:#3366cc', 'color:teal'],
  },
  imported: {
    kind: 'date',
    explanation: 'when it came into the library',
    examples: ['imported:today', 'imported:2026-11'],
  },
  captured: {
    kind: 'date',
    explanation: 'when it was taken; the date of the file where that is not known',
    examples: ['captured:2024', 'captured:2026-01..2026-03'],
  },
  created: { kind: 'date', explanation: 'the date of the file', examples: ['created>2026-01'] },
  updated: { kind: 'date', explanation: 'when something about it was last changed', examples: ['updated:7d'] },
  expires: { kind: 'date', explanation: 'when it leaves the Workspace', examples: ['expires:today', 'expires<3d'] },
  job: { kind: 'text', explanation: 'the job that it came from, by folder or id', examples: ['job:run-17'] },
  request: {
    kind: 'text',
    explanation: 'the generation request that it came from, also by its job, by id',
    examples: ['request:018f0c5e-0000-7000-8000-000000000001'],
  },
  sync: {
    kind: 'choice',
    values: plain(syncStateSchema.options),
    explanation: 'where it stands with its bucket',
    examples: ['sync:synced', '-sync:synced'],
  },
  status: {
    kind: 'choice',
    values: plain(assetStatusSchema.options),
    explanation: 'how far it has come',
    examples: ['status:available'],
  },
  visibility: {
    kind: 'choice',
    values: plain(visibilitySchema.options),
    explanation: 'who may see it',
    examples: ['visibility:public'],
  },
  category: { kind: 'name', explanation: 'the content category', examples: ['category:landscape'] },
  camera: { kind: 'name', explanation: 'maker and model of the camera, or a part of them', examples: ['camera:nikon'] },
  lens: { kind: 'name', explanation: 'the lens, or a part of its name', examples: ['lens:50mm'] },
  version: { kind: 'number', explanation: 'number of the current version', examples: ['version>1'] },
  similar: {
    kind: 'asset',
    explanation: 'looks like the picture with this id; its beginning is enough',
    examples: ['similar:018f0c5e'],
  },
  stack: {
    kind: 'asset',
    explanation: 'made of the same prompt as the asset with this id; its beginning is enough',
    examples: ['stack:018f0c5e'],
  },
} as const satisfies Readonly<Record<string, SearchFieldInfo>>

export type FieldName = keyof typeof fields

export const searchFields: Readonly<Record<FieldName, SearchFieldInfo>> = fields
export const fieldNames = Object.keys(fields) as readonly FieldName[]

/** Other words for a field. */
const otherNames: Readonly<Record<string, FieldName>> = {
  tags: 'tag',
  in: 'collection',
  extension: 'ext',
  file: 'name',
  note: 'notes',
  description: 'notes',
  colour: 'color',
  date: 'captured',
  taken: 'captured',
  added: 'imported',
  like: 'similar',
  length: 'duration',
  ratio: 'aspect',
}

/** The field that a person means, whatever its case; undefined for none. */
export function fieldNamed(name: string): FieldName | undefined {
  const lower = name.toLowerCase()
  if (Object.hasOwn(fields, lower)) return lower as FieldName
  return Object.hasOwn(otherNames, lower) ? otherNames[lower] : undefined
}

const orderedKinds: ReadonlySet<ValueKind> = new Set(['number', 'size', 'duration', 'aspect', 'date'])

/** Whether `>` and ranges mean something for it. */
export function isOrdered(field: FieldName): boolean {
  return orderedKinds.has(searchFields[field].kind)
}

/** The field whose name is nearest to a mistyped one, undefined when none is near. */
export function nearestField(name: string): FieldName | undefined {
  const typed = name.toLowerCase()
  if (typed.length < 3 || typed.length > 14) return undefined
  let best: { readonly field: FieldName; readonly distance: number } | undefined
  for (const candidate of [...fieldNames, ...Object.keys(otherNames)]) {
    const distance = editDistance(typed, candidate)
    const field = fieldNamed(candidate)
    if (field !== undefined && distance <= (typed.length > 4 ? 2 : 1) && distance < (best?.distance ?? 9)) {
      best = { field, distance }
    }
  }
  return best?.field
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1)
      next.push(least)
    }
    before = row
    row = next
  }
  return row[b.length] ?? 0
}
