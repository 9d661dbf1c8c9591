import { type KeyboardEvent, useState } from 'react'
import { requestPromptSchema } from '../../../shared/domain/generationRequest.ts'
import type { CollectionId } from '../../../shared/domain/ids.ts'
import { changeRequest, createRequest } from '../../actions/requests.ts'
import { useLibrary } from '../../queries/library.ts'
import { closeDialog, usePanels } from '../../state/panels.ts'
import { useRequests } from '../../state/requests.ts'
import { requests as strings } from '../../strings/requests.ts'
import { ui } from '../../strings/ui.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { DraftReferences } from './DraftReferences.tsx'
import styles from './RequestDialog.module.css'
import { settingsField, settingsOf } from './settingsText.ts'

/** Makes a request, or changes what one says. Its references are changed where they are seen. */
export function RequestDialog() {
  const open = usePanels((panels) => panels.dialog === 'generation-request')
  return open ? <Form /> : null
}

function Form() {
  const { edited, references: given } = useRequests()
  const [prompt, setPrompt] = useState(edited?.user_prompt ?? '')
  const [collectionId, setCollectionId] = useState<CollectionId | null>(edited?.collection_id ?? null)
  const [settings, setSettings] = useState(settingsField(edited?.input_metadata ?? {}))
  const [references, setReferences] = useState(given)
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const read = requestPromptSchema.safeParse(prompt)
  const metadata = settingsOf(settings)

  const save = async () => {
    setTried(true)
    if (!read.success || 'problem' in metadata || busy) return
    setBusy(true)
    const draft = { prompt: read.data, collectionId, metadata: metadata.settings }
    const problem = edited === null ? await createRequest(draft, references) : await changeRequest(edited.id, draft)
    setBusy(false)
    setRefused(problem)
    if (problem === null) closeDialog()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing) void save()
  }

  return (
    <Dialog
      open
      onClose={closeDialog}
      title={edited === null ? strings.newTitle : strings.editTitle}
      footer={
        <>
          <Button onClick={closeDialog}>{ui.cancel}</Button>
          <Button variant="primary" disabled={busy} onClick={() => void save()}>
            {edited === null ? strings.create : strings.save}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <Field
          label={strings.prompt}
          hint={strings.promptHint}
          error={refused ?? (tried && !read.success ? (read.error.issues[0]?.message ?? null) : null)}
        >
          {(control) => (
            <textarea
              {...control}
              className={styles.prompt}
              value={prompt}
              rows={5}
              maxLength={100_000}
              onChange={(event) => {
                setPrompt(event.target.value)
                setRefused(null)
              }}
              onKeyDown={onKeyDown}
            />
          )}
        </Field>
        {references.length === 0 ? null : <DraftReferences rowIds={references} onChange={setReferences} />}
        <CollectionField value={collectionId} onChange={setCollectionId} />
        <Field
          label={strings.settings}
          hint={strings.settingsHint}
          error={tried && 'problem' in metadata ? metadata.problem : null}
        >
          {(control) => (
            <textarea
              {...control}
              className={styles.settings}
              value={settings}
              rows={Math.min(8, Math.max(2, settings.split('\n').length))}
              placeholder={strings.settingsExample}
              spellCheck={false}
              maxLength={1_000_000}
              onChange={(event) => setSettings(event.target.value)}
              onKeyDown={onKeyDown}
            />
          )}
        </Field>
      </div>
    </Dialog>
  )
}

function CollectionField({
  value,
  onChange,
}: {
  readonly value: CollectionId | null
  readonly onChange: (id: CollectionId | null) => void
}) {
  const collections = useLibrary((library) => library.collections)
  const choices = collections.filter(
    ({ id, kind, is_permanent }) => id === value || (kind === 'manual' && !is_permanent),
  )
  if (choices.length === 0) return null
  const options: { value: CollectionId | ''; label: string }[] = [
    { value: '', label: strings.noCollection },
    ...choices.map(({ id, name }) => ({ value: id, label: name })),
  ]
  return (
    <Field label={strings.collection} hint={strings.collectionHint}>
      {(control) => (
        <Select
          {...control}
          options={options}
          value={value ?? ''}
          onChange={(chosen) => onChange(chosen === '' ? null : chosen)}
        />
      )}
    </Field>
  )
}
