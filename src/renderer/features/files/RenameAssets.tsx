import { ArrowRight } from 'lucide-react'
import { useEffect, useState } from 'react'
import { renameAssets } from '../../actions/files.ts'
import { reportFailedRead } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { useFileWork } from '../../state/fileWork.ts'
import { closeDialog, usePanels } from '../../state/panels.ts'
import { files } from '../../strings/files.ts'
import { Button } from '../../ui/Button.tsx'
import { QuestionDialog } from '../../ui/QuestionDialog.tsx'
import styles from './files.module.css'
import { PatternField, patternProblem } from './PatternField.tsx'

/** So many names are shown as they will be. */
const SHOWN = 5

/** New names for many assets, with what they will be. */
export function RenameAssets() {
  return usePanels((panels) => panels.dialog === 'rename-assets') ? <Rename /> : null
}

function Rename() {
  const rowIds = useFileWork((work) => work.rowIds)
  const [pattern, setPattern] = useState(rowIds.length === 1 ? '{name}' : '{name} {number}')
  const names = useNames(pattern)
  const ready = patternProblem(pattern) === null && pattern.trim() !== ''
  const save = async () => {
    if (ready && (await renameAssets(rowIds, pattern))) closeDialog()
  }
  return (
    <QuestionDialog
      title={files.renameTitle(rowIds.length)}
      description={files.renameText}
      onCancel={closeDialog}
      answers={
        <Button variant="primary" disabled={!ready} onClick={() => void save()}>
          {files.rename}
        </Button>
      }
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <PatternField value={pattern} onChange={setPattern} />
        <ul className={styles.names} aria-label={files.preview}>
          {names.map(({ from, to }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two assets may have one name
            <li key={index}>
              <span className={styles.from}>{from}</span>
              <ArrowRight role="img" aria-label={files.becomes} />
              <span className={styles.to}>{to}</span>
            </li>
          ))}
        </ul>
        <button type="submit" hidden />
      </form>
    </QuestionDialog>
  )
}

interface NewName {
  readonly from: string
  readonly to: string
}

/** The first names as a pattern would make them; the ones before while it can't be understood. */
function useNames(pattern: string): readonly NewName[] {
  const rowIds = useFileWork((work) => work.rowIds)
  const [names, setNames] = useState<readonly NewName[]>([])
  useEffect(() => {
    if (patternProblem(pattern) !== null || pattern === '') return
    let current = true
    request('assets.previewNames', { assets: { rowIds: rowIds.slice(0, SHOWN) }, pattern }).then(
      (found) => current && setNames(found),
      (thrown: unknown) => current && reportFailedRead(thrown),
    )
    return () => {
      current = false
    }
  }, [rowIds, pattern])
  return names
}
