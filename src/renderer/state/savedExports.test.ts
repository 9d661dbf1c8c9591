import { describe, expect, it } from 'vitest'
import type { FileExport, SavedExport } from '../../shared/domain/fileExport.ts'
import { changeExport, chosenExport, useFileWork } from './fileWork.ts'
import { cleanName, isNameTaken, withExport, withoutExport } from './savedExports.ts'

const settings: FileExport = {
  format: 'webp',
  quality: 80,
  size: { kind: 'widths', widths: [480, 1024] },
  keepMetadata: false,
  names: '{name}',
}
const saved = (id: string, name: string): SavedExport => ({ id, name, export: settings })
const shop = saved('1', 'Shop')
const print10 = saved('2', 'Print 10')

describe('ways to export that a person has named', () => {
  it('stand in the order of their names, each once', () => {
    const all = [saved('3', 'print 9'), shop].reduce(withExport, [print10])
    expect(all.map(({ name }) => name)).toEqual(['print 9', 'Print 10', 'Shop'])
    expect(withExport(all, { ...shop, name: 'A shop' }).map(({ id }) => id)).toEqual(['1', '3', '2'])
    expect(withoutExport(all, '2').map(({ id }) => id)).toEqual(['3', '1'])
  })

  it('have names that nobody confuses', () => {
    expect(cleanName('  For   the shop ')).toBe('For the shop')
    expect(isNameTaken([shop], ' shop', null)).toBe(true)
    expect(isNameTaken([shop], 'SHOP', shop.id)).toBe(false)
    expect(isNameTaken([shop], 'Shops', null)).toBe(false)
  })

  it('stay as they are while somebody tries something else', () => {
    useFileWork.setState({ preset: shop.id, drafts: {} })
    const chosen = () => chosenExport(useFileWork.getState(), [shop])
    expect(chosen()).toEqual({ kind: 'saved', saved: shop, settings, changed: false })
    changeExport(chosen(), { ...settings, names: '{title}' })
    expect(chosen()).toMatchObject({ saved: shop, settings: { names: '{title}' }, changed: true })
    changeExport(chosen(), settings)
    expect(chosen()).toMatchObject({ changed: false })
  })

  it('that are gone, or that nobody knows, are not chosen', () => {
    useFileWork.setState({ preset: shop.id })
    expect(chosenExport(useFileWork.getState(), [])).toMatchObject({ kind: 'shipped', preset: 'originals' })
  })
})
