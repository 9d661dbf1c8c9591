import { useId, useRef, useState } from 'react'
import { collectionNameSchema } from '../../../shared/domain/collection.ts'
import { changeSmartQuery, createSmartCollection } from '../../actions/smartCollections.ts'
import { closeDialog, usePanels } from '../../state/panels.ts'
import { useSmartDialog } from '../../state/smartDialog.ts'
import { search } from '../../strings/search.ts'
import { smart } from '../../strings/smart.ts'
import { ui } from '../../strings/ui.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { OfferSurface } from './OfferSurface.tsx'
import { QueryInput } from './QueryInput.tsx'
import styles from './SmartCollectionDialog.module.css'
import { useKeptCount } from './useKeptCount.ts'
import { useQueryField } from './useQueryField.ts'

/** Makes a smart collection of a search, or changes what one looks for, and says what it would hold. */
export function SmartCollectionDialog() {
  const open = usePanels((panels) => panels.dialog === 'smart-collection')
  return open ? <Form /> : null
}

function Form() {
  const { collection, query } = useSmartDialog()
  const [name, setName] = useState(collection?.name ?? '')
  const [text, setText] = useState(query)
  const [refused, setRefused] = useState<string | null>(null)
  const [tried, setTried] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const field = useQueryField(input, text, false)
  const listId = useId()
  const sound = field.problems.length === 0 && text.trim() !== ''
  const count = useKeptCount(sound ? text : null)
  const nameFine = collection !== null || collectionNameSchema.safeParse(name).success

  const save = async () => {
    setTried(true)
    if (!nameFine || !sound) return
    const problem =
      collection === null ? await createSmartCollection(name, text) : await changeSmartQuery(collection.id, text)
    setRefused(problem)
    if (problem === null) closeDialog()
  }
  const wrong = refused ?? field.told?.message ?? (tried ? firstProblem(text, field.problems[0]?.message) : null)

  return (
    <Dialog
      open
      // Escape first puts away what is offered.
      onClose={() => (field.open ? field.setOpen(false) : closeDialog())}
      title={collection === null ? smart.newTitle : smart.editTitle(collection.name)}
      description={smart.intro}
      footer={
        <>
          <Button onClick={closeDialog}>{ui.cancel}</Button>
          <Button variant="primary" onClick={() => void save()}>
            {collection === null ? smart.create : smart.change}
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        {collection === null ? (
          <Field label={smart.name} error={tried && !nameFine ? smart.unnamed : null}>
            {(control) => (
              <TextField
                {...control}
                value={name}
                maxLength={255}
                onChange={(event) => setName(event.target.value)}
                onKeyDown={(event) => event.key === 'Enter' && void save()}
              />
            )}
          </Field>
        ) : null}
        <Field
          label={smart.query}
          error={wrong}
          hint={count === null ? (sound ? smart.counting : search.guideIntroShort) : smart.holds(count)}
        >
          {(control) => (
            <div>
              <QueryInput
                inputRef={input}
                value={text}
                problems={field.problems}
                {...control}
                {...field.comboboxProps(listId)}
                onChange={(event) => {
                  setText(event.target.value)
                  setRefused(null)
                  field.setOpen(true)
                  field.onSelect()
                }}
                onSelect={field.onSelect}
                onFocus={field.onFocus}
                onBlur={field.onBlur}
                onKeyDown={(event) => {
                  if (event.nativeEvent.isComposing || field.onKey(event)) return
                  if (event.key === 'Enter') void save()
                }}
              />
              <OfferSurface id={listId} field={field} inline />
            </div>
          )}
        </Field>
      </div>
    </Dialog>
  )
}

function firstProblem(text: string, message: string | undefined): string | null {
  return text.trim() === '' ? smart.noQuery : (message ?? null)
}
