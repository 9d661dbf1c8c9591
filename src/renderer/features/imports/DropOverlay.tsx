import { FolderInput, Images, Inbox } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { broughtFiles } from '../../actions/broughtFiles.ts'
import { currentImportTarget, importBrought } from '../../actions/imports.ts'
import { bringsSomething } from '../../actions/webAddresses.ts'
import { expiryDays, useLibrary } from '../../queries/library.ts'
import { isAssetDrag } from '../../state/assetDrag.ts'
import { importStrings as strings } from '../../strings/imports.ts'
import styles from './DropOverlay.module.css'
import { usePaste } from './usePaste.ts'

/**
 * Takes files that are dropped anywhere on the window, and says before where they will go. Lines of the sidebar that
 * take files themselves stop the drag from coming here.
 */
export function DropOverlay() {
  usePaste()
  const items = useFileDrag()
  const days = useLibrary(expiryDays)
  if (items === null) return null
  const { label, options } = currentImportTarget()
  const Icon = options.collectionId !== undefined ? FolderInput : options.space === 'workspace' ? Inbox : Images
  return (
    <div className={styles.overlay} role="status">
      <div className={styles.frame}>
        <Icon className={styles.icon} aria-hidden="true" />
        <strong className={styles.title}>{strings.dropTitle(items, label)}</strong>
        <span className={styles.note}>
          {options.space === 'workspace' ? strings.dropNoteWorkspace(days) : strings.dropNoteLibrary}
        </span>
        <span className={styles.note}>{strings.dropHere}</span>
      </div>
    </div>
  )
}

/** How many things are being dragged over the window from outside; null when none. */
function useFileDrag(): number | null {
  const [items, setItems] = useState<number | null>(null)
  const depth = useRef(0)
  useEffect(() => {
    const isFiles = (event: DragEvent) =>
      !isAssetDrag() && !isOfPage && bringsSomething(event.dataTransfer?.types ?? [])
    // What is dragged within the page is not brought.
    let isOfPage = false
    const begin = () => {
      isOfPage = true
    }
    const over = () => {
      isOfPage = false
    }
    const leave = () => {
      depth.current = 0
      setItems(null)
    }
    const handlers: { [Name in 'dragenter' | 'dragover' | 'dragleave' | 'drop']: (event: DragEvent) => void } = {
      dragenter: (event) => {
        if (!isFiles(event)) return
        event.preventDefault()
        depth.current++
        // A picture of a page is described in several ways, and is one. A folder is one item; what is in it is counted later.
        const { dataTransfer } = event
        setItems([...(dataTransfer?.items ?? [])].filter(({ kind }) => kind === 'file').length || 1)
      },
      dragover: (event) => {
        if (!isFiles(event)) return
        event.preventDefault()
        if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
      },
      dragleave: (event) => {
        if (!isFiles(event)) return
        depth.current--
        if (depth.current <= 0) leave()
      },
      drop: (event) => {
        // Preload has already prevented the default, which would open the file, so that says nothing here.
        if (!isFiles(event) || event.dataTransfer === null) return
        event.preventDefault()
        void importBrought(broughtFiles(event.dataTransfer), currentImportTarget())
      },
    }
    const names = ['dragenter', 'dragover', 'dragleave', 'drop'] as const
    for (const name of names) window.addEventListener(name, handlers[name])
    // A line of the sidebar that takes the files keeps the event to itself; the overlay goes all the same.
    window.addEventListener('drop', leave, { capture: true })
    window.addEventListener('dragstart', begin)
    window.addEventListener('dragend', over)
    return () => {
      window.removeEventListener('dragstart', begin)
      window.removeEventListener('dragend', over)
      window.removeEventListener('drop', leave, { capture: true })
      for (const name of names) window.removeEventListener(name, handlers[name])
    }
  }, [])
  return items
}
