import { createHash } from 'node:crypto'
import type { Catalog } from '../../../../src/main/engine/catalog/catalog.ts'
import type { AssetId, Sha256 } from '../../../../src/shared/domain/ids.ts'
import type { LibraryModel } from './libraryModel.ts'
import type { Random } from './random.ts'

/** One command with its arguments, bound to do the same to the model and to a library. */
export interface Command {
  readonly name: string
  readonly applyTo: (model: LibraryModel) => void
  /** May be a promise. */
  readonly performOn: (catalog: Catalog) => unknown
}

/**
 * Makes a command for what the model holds at the moment; null when there is nothing that it could be done to. `now` in ms
 * goes up with each. The model tells assets and collections by their names, which are never used twice.
 */
export type Maker = (model: LibraryModel, random: Random, now: number) => Omit<Command, 'name'> | null

/** Names of the assets that there are. */
export const assetNames = (model: LibraryModel) => model.names('asset/')

/** The assets of these names. */
export function selection(catalog: Catalog, names: readonly string[]): { readonly ids: AssetId[] } {
  return { ids: names.flatMap((name) => catalog.assets.findByPath(name)?.id ?? []) }
}

/** Names of some of them, null when there are none. */
export function someAssets(model: LibraryModel, random: Random): string[] | null {
  const names = random.some(assetNames(model))
  return names.length === 0 ? null : names
}

/** A hash of bytes that nobody has. */
export function hash(text: string): Sha256 {
  return createHash('sha256').update(text).digest('hex') as Sha256
}

/** Sets a cell of the model. */
export type SetCell = (cell: string, value: string | number | boolean | null) => void

/** Sets a cell to when it came to be so, unless it is so already. */
export function link(model: LibraryModel, set: SetCell, cell: string, now: number): void {
  if (model.get(cell) === null) set(cell, now)
}
