import { LayoutGrid, LayoutPanelTop, List, PanelLeft, PanelRight } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { shortcutText } from '../../actions/shortcutText.ts'
import { CELL_SIZE, type GridLayoutKind, setCellSize, setLayout, useBrowse } from '../../state/browse.ts'
import { toggleInspector, toggleSidebar, usePanels } from '../../state/panels.ts'
import { frame } from '../../strings/frame.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import type { MenuEntry } from '../../ui/menuEntry.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { Slider } from '../../ui/Slider.tsx'
import { useElementSize } from '../../ui/useElementSize.ts'
import { SortMenu } from './SortMenu.tsx'
import styles from './TopBar.module.css'

const layouts = [
  { value: 'justified', label: frame.justified, icon: <LayoutPanelTop /> },
  { value: 'squares', label: frame.squares, icon: <LayoutGrid /> },
  { value: 'list', label: frame.list, icon: <List /> },
] as const

/** Up to this width (CSS pixels) there is no room for layouts beside each other; the menu of the order has them then. */
const NARROW = 424

function layoutEntries(current: GridLayoutKind): readonly MenuEntry[] {
  return [
    { kind: 'heading', label: frame.layout },
    ...layouts.map(
      ({ value, label }): MenuEntry => ({
        kind: 'choice',
        label,
        checked: value === current,
        onSelect: () => setLayout(value),
      }),
    ),
    { kind: 'separator' },
  ]
}

/** Search, order, layout and size of what is shown. `children` are the search field and what belongs to it. */
export function TopBar({ children }: { readonly children: ReactNode }) {
  const layout = useBrowse((browse) => browse.layout)
  const cellSize = useBrowse((browse) => browse.cellSize)
  // Other screens have an order of their own.
  const onAssets = useBrowse((browse) => browse.screen === 'assets')
  const { inspector, sidebar } = usePanels()
  const bar = useRef<HTMLElement>(null)
  const { width } = useElementSize(bar)
  const narrow = width > 0 && width <= NARROW
  return (
    <header ref={bar} className={styles.bar}>
      {sidebar ? null : (
        <IconButton
          className={styles.sidebar}
          label={frame.showSidebar}
          shortcut={shortcutText('toggle-sidebar')}
          onClick={toggleSidebar}
        >
          <PanelLeft />
        </IconButton>
      )}
      {children}
      <div className={styles.space} />
      {onAssets ? (
        <>
          <SortMenu before={narrow ? layoutEntries(layout) : []} />
          {narrow ? null : <Segmented label={frame.layout} value={layout} segments={layouts} onChange={setLayout} />}
          <Slider
            className={styles.size}
            label={frame.size}
            valueText={frame.pixels(cellSize)}
            value={cellSize}
            min={CELL_SIZE.min}
            max={CELL_SIZE.max}
            step={4}
            onChange={setCellSize}
          />
        </>
      ) : null}
      <IconButton
        label={frame.showInspector}
        shortcut={shortcutText('toggle-inspector')}
        aria-pressed={inspector}
        onClick={toggleInspector}
      >
        <PanelRight />
      </IconButton>
    </header>
  )
}
