import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useEffect } from 'react'
import { viewer as strings } from '../../strings/viewer.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { sharpSource } from '../../ui/stage/displayKind.ts'
import { ImageStage, type ImageStageProps } from './ImageStage.tsx'
import styles from './PagesStage.module.css'
import type { ViewerCommand } from './viewerCommands.ts'

/** A document, one page at a time. */
export function PagesStage({
  pages,
  run,
  ...stage
}: Omit<ImageStageProps, 'kind'> & { readonly pages: number; readonly run: (command: ViewerCommand) => void }) {
  const { card, page } = stage
  // The next page, before somebody turns to it.
  useEffect(() => {
    const url = page + 1 < pages ? sharpSource(card, 'pages', page + 1) : null
    if (url === null) return
    const next = new Image()
    next.src = url
    return () => next.removeAttribute('src')
  }, [card, page, pages])
  return (
    <>
      <ImageStage {...stage} kind="pages" />
      {pages === 1 ? null : (
        <div className={styles.pages}>
          <IconButton
            size="s"
            label={strings.previousPage}
            shortcut="PgUp"
            disabled={page === 0}
            onClick={() => run({ kind: 'page', step: -1 })}
          >
            <ChevronLeft />
          </IconButton>
          <span role="status">{strings.page(page + 1, pages)}</span>
          <IconButton
            size="s"
            label={strings.nextPage}
            shortcut="PgDn"
            disabled={page === pages - 1}
            onClick={() => run({ kind: 'page', step: 1 })}
          >
            <ChevronRight />
          </IconButton>
        </div>
      )}
    </>
  )
}
