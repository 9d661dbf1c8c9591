import { purgeAssets } from '../../../../src/main/engine/library/purgeAssets.ts'
import { changeContent, contentOf, requireAsset } from '../../../../src/main/engine/library/versions/changeContent.ts'
import { restoreVersion } from '../../../../src/main/engine/library/versions/restoreVersion.ts'
import type { AssetId } from '../../../../src/shared/domain/ids.ts'
import type { LibraryModel } from './libraryModel.ts'
import { assetNames, hash, type Maker, type SetCell, selection } from './maker.ts'

/** What is done with the contents of assets. */
export const contentCommands: Readonly<Record<string, Maker>> = {
  replaceContent(model, random, now) {
    const name = random.one(assetNames(model))
    if (name === undefined) return null
    const sha256 = hash(`${name} ${now}`)
    return {
      applyTo: (target) => target.change(true, (set) => addVersion(target, set, name, sha256)),
      performOn: (catalog) => {
        const asset = requireAsset(catalog, selection(catalog, [name]).ids[0] as AssetId)
        const content = { ...contentOf(asset, now), sha256, storagePath: `originals/${now}.png` }
        return catalog.mutate({ kind: 'version', label: () => 'Replaced', undoable: true, now }, (writer) =>
          changeContent(catalog, writer, asset, content, null, now),
        )
      },
    }
  },
  restoreVersion(model, random, now) {
    const name = random.one(assetNames(model).filter((one) => earlierVersions(model, one).length > 0))
    const version = name === undefined ? undefined : random.one(earlierVersions(model, name))
    if (name === undefined || version === undefined) return null
    const sha256 = String(model.get(`asset/${name}/versions/${version}`))
    return {
      applyTo: (target) => target.change(true, (set) => addVersion(target, set, name, sha256)),
      performOn(catalog) {
        const versions = catalog.versions.list(selection(catalog, [name]).ids[0] as AssetId)
        const found = versions.find(({ version_number }) => version_number === version)
        if (found === undefined) throw new Error(`${name} has no version ${version}`)
        return restoreVersion(catalog, found.id, now)
      },
    }
  },
  purge(model, random, now) {
    const trashed = assetNames(model).filter((name) => model.get(`asset/${name}/trashed`) !== null)
    const names = random.some(trashed)
    if (names.length === 0 || random.below(2) > 0) return null
    return {
      applyTo: (target) => {
        for (const name of names) target.forget(`asset/${name}/`)
      },
      performOn: (catalog) =>
        purgeAssets(catalog, catalog.assets.resolve(selection(catalog, names)), names.length, now),
    }
  },
}

/** Numbers of the versions that have other content than the asset has now. */
function earlierVersions(model: LibraryModel, name: string): number[] {
  const now = model.get(`asset/${name}/content`)
  const numbers = model.names(`asset/${name}/versions/`)
  return numbers.filter((number) => model.get(`asset/${name}/versions/${number}`) !== now).map(Number)
}

/** The first time, what the asset had becomes a version, too. */
function addVersion(model: LibraryModel, set: SetCell, name: string, content: string): void {
  const known = model.names(`asset/${name}/versions/`).map(Number)
  const version = Number(model.get(`asset/${name}/version`))
  if (known.length === 0) set(`asset/${name}/versions/${version}`, model.get(`asset/${name}/content`))
  const next = Math.max(version, ...known) + 1
  set(`asset/${name}/versions/${next}`, content)
  set(`asset/${name}/content`, content)
  set(`asset/${name}/version`, next)
}
