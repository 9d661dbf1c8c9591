import { CircleSlash, Plus } from 'lucide-react'
import type { GenerationRequestId } from '../../../shared/domain/generationRequest.ts'
import { addReferences, assignJob, assignOutputs } from '../../actions/requests.ts'
import { useRequestList } from '../../queries/requests.ts'
import { closeDialog, usePanels } from '../../state/panels.ts'
import { newRequest, type RequestPurpose, useRequests } from '../../state/requests.ts'
import { momentText } from '../../strings/quantities.ts'
import { requests as strings } from '../../strings/requests.ts'
import { Picker, PickerLine, PickerRemark } from '../../ui/Picker.tsx'

/** Finds a request by its prompt, for what a person wants to give to it. */
export function RequestPicker() {
  const open = usePanels((panels) => panels.dialog === 'request-picker')
  const purpose = useRequests(({ purpose }) => purpose)
  return open && purpose !== null ? <Choices purpose={purpose} /> : null
}

function Choices({ purpose }: { readonly purpose: RequestPurpose }) {
  const { requests } = useRequestList()
  const choose = (id: GenerationRequestId | null) => {
    closeDialog()
    void give(purpose, id)
  }
  const nothing = requests !== null && requests.length === 0
  return (
    <Picker
      title={titleOf(purpose)}
      search={strings.find}
      list={strings.list}
      wide
      filtering={{ by: 'fit', fit }}
      onClose={closeDialog}
    >
      {nothing && purpose.kind !== 'references' ? <PickerRemark>{strings.nothingToPick}</PickerRemark> : null}
      {purpose.kind === 'references' ? (
        <PickerLine
          value="new"
          icon={<Plus aria-hidden="true" />}
          name={strings.newWith}
          onPick={() => newRequest(purpose.rowIds)}
        />
      ) : null}
      {purpose.kind === 'outputs' || (purpose.kind === 'job' && purpose.assigned) ? (
        <PickerLine
          value="none"
          icon={<CircleSlash aria-hidden="true" />}
          name={strings.noRequest}
          onPick={() => choose(null)}
        />
      ) : null}
      {(requests ?? []).map(({ id, user_prompt, created_at }) => (
        <PickerLine
          key={id}
          value={id}
          words={[user_prompt.slice(0, 2000)]}
          name={user_prompt.slice(0, 200)}
          hint={user_prompt.slice(0, 2000)}
          note={momentText(created_at)}
          onPick={() => choose(id)}
        />
      ))}
    </Picker>
  )
}

/** How well a choice fits what is typed: prompts that have all of its words, and after them what is no request. */
function fit(value: string, typed: string, words: readonly string[] = []): number {
  if (value === 'new' || value === 'none') return 0.1
  const prompt = words.join(' ').toLowerCase()
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => prompt.includes(word))
    ? 1
    : 0
}

function titleOf(purpose: RequestPurpose): string {
  switch (purpose.kind) {
    case 'references':
      return strings.pickReferences(purpose.rowIds.length)
    case 'outputs':
      return strings.pickOutputs(purpose.rowIds.length)
    case 'job':
      return strings.pickJobs(purpose.folder)
  }
}

async function give(purpose: RequestPurpose, id: GenerationRequestId | null): Promise<void> {
  switch (purpose.kind) {
    case 'references':
      if (id !== null) await addReferences(id, purpose.rowIds)
      return
    case 'outputs':
      return await assignOutputs(id, purpose.rowIds)
    case 'job':
      return await assignJob(id, purpose.job)
  }
}
