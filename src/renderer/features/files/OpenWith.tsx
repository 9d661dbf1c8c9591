import { AppWindow, FolderSearch } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { OpeningProgram } from '../../../shared/contract/requests/openRequests.ts'
import { openInOther, openInProgram, programsOf } from '../../actions/openWith.ts'
import { useFileWork } from '../../state/fileWork.ts'
import { closeDialog, usePanels } from '../../state/panels.ts'
import { openWith as strings } from '../../strings/openWith.ts'
import { PlacePicker } from '../../ui/PlacePicker.tsx'

const OTHER = 'other'

/** Asks which program is to open an asset. */
export function OpenWith() {
  const open = usePanels((panels) => panels.dialog === 'open-with')
  const [rowId] = useFileWork((work) => work.rowIds)
  return open && rowId !== undefined ? <Programs rowId={rowId} /> : null
}

function Programs({ rowId }: { readonly rowId: number }) {
  const programs = usePrograms(rowId)
  const picks = (programs ?? []).map(({ id, name, isDefault }) => ({
    id: `program ${id}`,
    name,
    within: '',
    icon: <AppWindow aria-hidden="true" />,
    ...(isDefault ? { note: strings.usualMark } : {}),
  }))
  const other = { id: OTHER, name: strings.other, within: '', icon: <FolderSearch aria-hidden="true" /> }
  return (
    <PlacePicker
      title={strings.title}
      aside={strings.note}
      search={strings.search}
      picks={programs === null ? [] : [...picks, other]}
      none={programs === null ? strings.looking : strings.notFound}
      more={strings.more}
      onPick={(id) => {
        closeDialog()
        void (id === OTHER ? openInOther(rowId) : openInProgram(rowId, id.slice('program '.length)))
      }}
      onClose={closeDialog}
    />
  )
}

/** Null until they are known. */
function usePrograms(rowId: number): readonly OpeningProgram[] | null {
  const [programs, setPrograms] = useState<readonly OpeningProgram[] | null>(null)
  useEffect(() => {
    let wanted = true
    void programsOf(rowId).then((found) => {
      if (wanted) setPrograms(found ?? [])
    })
    return () => {
      wanted = false
    }
  }, [rowId])
  return programs
}
