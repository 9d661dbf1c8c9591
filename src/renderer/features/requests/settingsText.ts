import { inputMetadataSchema } from '../../../shared/domain/generationRequest.ts'
import { requests as strings } from '../../strings/requests.ts'

type Settings = ReturnType<typeof inputMetadataSchema.parse>

/** What the field for the settings of a generator says; an empty one says nothing. */
export function settingsOf(text: string): { readonly settings: Settings } | { readonly problem: string } {
  if (text.trim() === '') return { settings: {} }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { problem: strings.settingsNotJson }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { problem: strings.settingsNoObject }
  const read = inputMetadataSchema.safeParse(value)
  return read.success ? { settings: read.data } : { problem: read.error.issues[0]?.message ?? strings.settingsNoObject }
}

/** What the field begins with. */
export function settingsField(settings: Settings): string {
  return Object.keys(settings).length === 0 ? '' : JSON.stringify(settings, null, 2)
}

/** Settings on one line: `model juniper_xl · size 1024, 1024`. */
export function settingsLine(settings: Settings): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name} ${valueText(value)}`)
    .join(' · ')
}

function valueText(value: Settings[string]): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.join(', ')
  return JSON.stringify(value)
}
