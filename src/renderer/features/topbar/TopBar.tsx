import { LayoutGrid, LayoutPanelTop, List, PanelLeft, PanelRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { shortcutText } from '../../actions/shortcutText.ts'
import { CELL_SIZE, setCellSize, setLayout, useBrowse } from '../../state/browse.ts'
import { toggleInspector, toggleSidebar, usePanels } from '../../state/panels.ts'
import { frame } from '../../strings/frame.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { Slider } from '../../ui/Slider.tsx'
import { SortMenu } from './SortMenu.tsx'
import styles from './TopBar.module.css'

const layouts = [
  { value: 'justified', label: frame.justified, icon: <LayoutPanelTop /> },
  { value: 'squares', label: frame.squares, icon: <LayoutGrid /> },
  { value: 'list', label: frame.list, icon: <List /> },
] as const

/** Search, order, layout and size of what is shown. `children` are the search field and what belongs to it. */
export function TopBar({ children }: { readonly children: ReactNode }) {
  const layout = useBrowse((browse) => browse.layout)
  const cellSize = useBrowse((browse) => browse.cellSize)
  const { inspector, sidebar } = usePanels()
  return (
    <header className={styles.bar}>
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
      <SortMenu />
      <div className={styles.layout}>
        <Segmented label={frame.layout} value={layout} segments={layouts} onChange={setLayout} />
      </div>
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
