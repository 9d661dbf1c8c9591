import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import { bytesText, dateText } from '../../strings/quantities.ts'

export type SettingName =
  | 'generator'
  | 'model'
  | 'seed'
  | 'sampler'
  | 'scheduler'
  | 'steps'
  | 'cfg'
  | 'strength'
  | 'vae'
  | 'loras'
  | 'asked'
  | 'dimensions'
  | 'type'
  | 'size'
  | 'captured'

/** One line of the comparison. */
export interface SettingRow {
  /** A word of the window for `known`, the tool's own name for others. */
  readonly name: { readonly known: SettingName } | { readonly own: string }
  /** One for each asset, null where it does not say. */
  readonly values: readonly (string | null)[]
  readonly differs: boolean
  /** Which of the values are not as most of them are; all, where no two are alike. */
  readonly odd: readonly boolean[]
}

/** Lines of a tool's own settings that are compared; some tools write hundreds. */
const MOST_OWN = 60

/** How the assets were made and what they are, side by side. A line that none of them has is left out. */
export function settingRows(assets: readonly AssetDetail[]): SettingRow[] {
  const known = KNOWN.map(([name, read]) => row({ known: name }, assets.map(read)))
  const names = new Set(assets.flatMap(({ generation }) => Object.keys(generation?.settings ?? {})))
  const own = [...names].slice(0, MOST_OWN).map((name) =>
    row(
      { own: name },
      assets.map(({ generation }) => said(ownValue(generation?.settings, name))),
    ),
  )
  return [...known, ...own].filter(({ values }) => values.some((value) => value !== null))
}

function row(name: SettingRow['name'], values: readonly (string | null)[]): SettingRow {
  return { name, values, differs: values.some((value) => value !== values[0]), odd: oddOnes(values) }
}

function oddOnes(values: readonly (string | null)[]): boolean[] {
  const countOf = (value: string | null) => values.filter((other) => other === value).length
  const most = Math.max(...values.map(countOf))
  const usual = most === 1 ? undefined : values.find((value) => countOf(value) === most)
  return values.map((value) => value !== usual)
}

const KNOWN: readonly (readonly [SettingName, (asset: AssetDetail) => string | null])[] = [
  ['generator', ({ generator }) => said(generator)],
  ['model', ({ model_used }) => said(model_used)],
  ['seed', ({ generation_seed }) => said(generation_seed)],
  ['sampler', ({ generation }) => said(generation?.sampler)],
  ['scheduler', ({ generation }) => said(generation?.scheduler)],
  ['steps', ({ generation }) => said(generation?.steps)],
  ['cfg', ({ generation }) => said(generation?.cfg)],
  ['strength', ({ generation }) => said(generation?.strength)],
  ['vae', ({ generation }) => said(generation?.vae)],
  [
    'loras',
    ({ generation }) =>
      said(generation?.loras.map(({ name, weight }) => (weight === null ? name : `${name} (${weight})`)).join(', ')),
  ],
  ['asked', ({ generation }) => pixels(generation?.width, generation?.height)],
  ['dimensions', ({ width, height }) => pixels(width, height)],
  ['type', ({ mime_type }) => mime_type],
  ['size', ({ file_size_bytes }) => bytesText(file_size_bytes)],
  ['captured', ({ captured_at }) => (captured_at === null ? null : dateText(captured_at))],
]

function ownValue(settings: Readonly<Record<string, string>> | undefined, name: string): string | null {
  return settings !== undefined && Object.hasOwn(settings, name) ? (settings[name] ?? null) : null
}

function pixels(width: number | null | undefined, height: number | null | undefined): string | null {
  return width == null || height == null ? null : `${width} × ${height}`
}

function said(value: string | number | null | undefined): string | null {
  const text = value == null ? '' : String(value).trim()
  return text === '' ? null : text
}
