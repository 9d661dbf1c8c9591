import { Command } from 'cmdk'
import { CircleSlash, Plus, Search } from 'lucide-react'
import { Dialog } from 'radix-ui'
import type { GenerationRequestId } from '../../../shared/domain/generationRequest.ts'
import { addReferences, assignJob, assignOutputs } from '../../actions/requests.ts'
import { useRequestList } from '../../queries/requests.ts'
import { closeDialog, usePanels } from '../../state/panels.ts'
import { newRequest, type RequestPurpose, useRequests } from '../../state/requests.ts'
import { momentText } from '../../strings/quantities.ts'
import { requests as strings } from '../../strings/requests.ts'
import styles from './RequestPicker.module.css'

/** Finds a request by its prompt, for what a person wants to give to it. */
export function RequestPicker() {
  const open = usePanels((panels) => panels.dialog === 'request-picker')
  const purpose = useRequests(({ purpose }) => purpose)
  return (
    <Dialog.Root open={open && purpose !== null} onOpenChange={(next) => !next && closeDialog()}>
      <Dialog.Portal>
        <Dialog.Content className={styles.picker} aria-describedby={undefined}>
          {purpose === null ? null : <Choices purpose={purpose} />}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Choices({ purpose }: { readonly purpose: RequestPurpose }) {
  const { requests } = useRequestList()
  const choose = (id: GenerationRequestId | null) => {
    closeDialog()
    void give(purpose, id)
  }
  const nothing = requests !== null && requests.length === 0
  return (
    <Command label={strings.find} filter={score} loop>
      <Dialog.Title className={styles.title}>{titleOf(purpose)}</Dialog.Title>
      <div className={styles.field}>
        <Search aria-hidden="true" />
        <Command.Input className={styles.input} placeholder={strings.find} maxLength={255} />
      </div>
      <Command.List className={styles.list} label={strings.list}>
        {nothing && purpose.kind !== 'references' ? <p className={styles.none}>{strings.nothingToPick}</p> : null}
        {purpose.kind === 'references' ? (
          <Command.Item className={styles.item} value="new" onSelect={() => newRequest(purpose.rowIds)}>
            <Plus aria-hidden="true" />
            <span className={styles.name}>{strings.newWith}</span>
          </Command.Item>
        ) : null}
        {purpose.kind === 'outputs' || (purpose.kind === 'job' && purpose.assigned) ? (
          <Command.Item className={styles.item} value="none" onSelect={() => choose(null)}>
            <CircleSlash aria-hidden="true" />
            <span className={styles.name}>{strings.noRequest}</span>
          </Command.Item>
        ) : null}
        {(requests ?? []).map(({ id, user_prompt, created_at }) => (
          <Command.Item
            key={id}
            className={styles.item}
            value={id}
            keywords={[user_prompt.slice(0, 2000)]}
            onSelect={() => choose(id)}
          >
            <span className={styles.name} title={user_prompt.slice(0, 2000)}>
              {user_prompt.slice(0, 200)}
            </span>
            <span className={styles.when}>{momentText(created_at)}</span>
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  )
}

/** How well a choice fits what is typed: prompts that have all of its words, and after them what is no request. */
function score(value: string, typed: string, keywords: readonly string[] = []): number {
  if (value === 'new' || value === 'none') return 0.1
  const prompt = keywords.join(' ').toLowerCase()
  const words = typed.toLowerCase().split(/\s+/)
  return words.every((word) => prompt.includes(word)) ? 1 : 0
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
