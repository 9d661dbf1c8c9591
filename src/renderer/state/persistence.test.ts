import { beforeEach, describe, expect, it } from 'vitest'
import type { FileExport } from '../../shared/domain/fileExport.ts'
import { initialBrowse, useBrowse } from './browse.ts'
import { useFileWork } from './fileWork.ts'
import { resetColumns, resizeColumn, toggleColumn, useListColumns } from './listColumns.ts'
import { usePanels } from './panels.ts'
import { enterLibrary, rememberWindow, restoreWindow } from './persistence.ts'
import { RowSet } from './rowSet.ts'
import { rememberPlace } from './scrollMemory.ts'
import { setSelection, useSelection } from './selection.ts'
import { noSelection } from './selectRows.ts'

const rowIds = Int32Array.of(9, 7, 5, 3)

beforeEach(() => {
  useBrowse.setState(initialBrowse, true)
  usePanels.setState({ sidebar: true, inspector: false })
  setSelection(noSelection)
  rememberPlace('library', null)
})

describe('a window after a restart', () => {
  it('is as it was left, by way of JSON', () => {
    useBrowse.setState({ view: { kind: 'library' }, layout: 'list', cellSize: 240, timeGroups: 'month', stacked: true })
    toggleColumn('model')
    resizeColumn('model', 200)
    const { columns } = useListColumns.getState()
    usePanels.setState({ inspector: true, sidebar: false })
    setSelection({ selected: RowSet.of([7, 3]), focus: 3, anchor: 7 })
    rememberPlace('library', { rowId: 5, above: 12 })
    const stored = JSON.parse(JSON.stringify(rememberWindow(rowIds)))

    useBrowse.setState(initialBrowse, true)
    resetColumns()
    usePanels.setState({ sidebar: true, inspector: false })
    setSelection(noSelection)
    rememberPlace('library', null)
    restoreWindow(stored)

    expect(useBrowse.getState()).toMatchObject({ view: { kind: 'library' }, layout: 'list', cellSize: 240 })
    expect(useBrowse.getState()).toMatchObject({ timeGroups: 'month', valueGroups: true, stacked: true })
    expect(useListColumns.getState().columns).toEqual(columns)
    expect(usePanels.getState()).toMatchObject({ inspector: true, sidebar: false })
    expect([...useSelection.getState().selected.pick(rowIds)]).toEqual([7, 3])
    expect(rememberWindow(rowIds).scroll).toEqual({ rowId: 5, above: 12 })
  })

  it('is in each library where it was there, and nowhere in one that it was never in', () => {
    enterLibrary('first')
    useBrowse.setState({ view: { kind: 'library' }, layout: 'list' })
    setSelection({ selected: RowSet.of([7]), focus: 7, anchor: 7 })
    const stored = JSON.parse(JSON.stringify(rememberWindow(rowIds)))
    enterLibrary('second')
    expect(useBrowse.getState()).toMatchObject({ view: initialBrowse.view, layout: 'list' })
    expect([useSelection.getState().selected.size, useSelection.getState().focus]).toEqual([0, null])
    useBrowse.setState({ view: { kind: 'trash' } })
    rememberWindow(rowIds)
    enterLibrary('first')
    expect(useBrowse.getState().view).toEqual({ kind: 'library' })
    expect([...useSelection.getState().selected.pick(rowIds)]).toEqual([7])
    enterLibrary('second')
    expect(useBrowse.getState().view).toEqual({ kind: 'trash' })

    restoreWindow(stored)
    enterLibrary('first')
    expect(useSelection.getState().focus).toBe(7)
    restoreWindow(stored)
    enterLibrary('third')
    expect(useSelection.getState().focus).toBeNull()
  })

  it('exports as it did last, and no preset becomes another kind of file', () => {
    const { settings } = useFileWork.getState()
    const own: FileExport = {
      format: 'avif',
      quality: 44,
      size: { kind: 'widths', widths: [99] },
      keepMetadata: false,
      names: '{title}',
    }
    useFileWork.setState({ preset: 'own', settings: { ...settings, own } })
    const stored = JSON.parse(JSON.stringify(rememberWindow(rowIds)))
    useFileWork.setState({ preset: 'originals', settings })
    restoreWindow({ exports: { ...stored.exports, settings: { ...stored.exports.settings, originals: own } } })
    expect(useFileWork.getState()).toMatchObject({ preset: 'own', settings: { ...settings, own } })
    restoreWindow({ exports: { preset: 'own', settings: { own: { format: 'exe' } } } })
    expect(useFileWork.getState().settings.own).toEqual(own)
  })

  it('keeps what can be understood of settings that were damaged or come from another version', () => {
    restoreWindow({
      view: { kind: 'holodeck' },
      layout: 'list',
      cellSize: 'big',
      selected: ['x'],
      sort: null,
      columns: [{ fact: 'mood' }],
      more: 1,
    })
    expect(useBrowse.getState()).toMatchObject({ ...initialBrowse, layout: 'list' })
    expect(useSelection.getState().selected.size).toBe(0)
  })

  it('does not remember a search, which would hide what comes in', () => {
    useBrowse.setState({ text: 'harbour' })
    expect(rememberWindow(rowIds)).not.toHaveProperty('text')
  })
})
