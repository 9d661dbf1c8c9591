import type { SavedExport } from '../../shared/domain/fileExport.ts'

/** Saved ways to export, in the order in which they are shown. */
type Saved = readonly SavedExport[]

/** A name as it is stored. */
export function cleanName(name: string): string {
  return name.trim().replace(/\s+/g, ' ')
}

/** Whether another one is called so, by capital or small letters. @param id of the one that may have the name */
export function isNameTaken(all: Saved, name: string, id: string | null): boolean {
  const wanted = cleanName(name).toLowerCase()
  return all.some((other) => other.id !== id && other.name.toLowerCase() === wanted)
}

/** With one more, or with this one as it is now. */
export function withExport(all: Saved, one: SavedExport): SavedExport[] {
  const others = all.filter(({ id }) => id !== one.id)
  return [...others, one].toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }))
}

export function withoutExport(all: Saved, id: string): SavedExport[] {
  return all.filter((one) => one.id !== id)
}
