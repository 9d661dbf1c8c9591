import { useMemo } from 'react'
import { edit } from '../../actions/assets.ts'
import type { RowIds } from '../../state/rowSet.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import { ColorLabels } from './ColorLabels.tsx'
import { EditableText } from './EditableText.tsx'
import { FavoriteButton } from './FavoriteButton.tsx'
import styles from './Inspector.module.css'
import { MakeVersion } from './MakeVersion.tsx'
import { ManyCollections } from './ManyCollections.tsx'
import { ManyPreview } from './ManyPreview.tsx'
import { ManyTags } from './ManyTags.tsx'
import { RatingStars } from './RatingStars.tsx'
import { Facts, Section } from './Section.tsx'
import { type Shared, sharedOf } from './sharedValues.ts'
import { useSelectionSummary } from './useSelectionSummary.ts'

/** What several assets have in common; a change applies to all of them. */
export function ManyInspector({ rowIds }: { readonly rowIds: RowIds }) {
  const { summary, cards } = useSelectionSummary(rowIds)
  const fields = summary?.fields ?? undefined
  const title = sharedOf(fields?.custom_title)
  const notes = sharedOf(fields?.description)
  const [first, second] = cards
  const pair =
    rowIds.length === 2 &&
    cards.length === 2 &&
    first &&
    second &&
    rowIds.includes(first.row_id) &&
    rowIds.includes(second.row_id)
      ? ([first, second] as const)
      : null
  const made = useMemo(
    () =>
      [
        { name: strings.generator, field: sharedOf(fields?.generator) },
        { name: strings.generationFacts.model, field: sharedOf(fields?.model_used) },
        { name: strings.promptName, field: sharedOf(fields?.original_prompt) },
      ].flatMap(({ name, field }) => {
        if (!field.mixed && field.value === null) return []
        return { name, value: textOf(field), copy: !field.mixed }
      }),
    [fields],
  )
  return (
    <>
      <ManyPreview cards={cards} rowIds={rowIds} />
      <header className={styles.head}>
        <h2 className={styles.manyTitle}>{strings.many(rowIds.length)}</h2>
        <p className={styles.fileLine}>
          {summary === null
            ? strings.appliesToAll
            : `${strings.typesOf(summary.types)} · ${strings.totalSize(summary.bytes)}. ${strings.appliesToAll}`}
        </p>
      </header>
      <div className={styles.marks}>
        <RatingStars rating={sharedOf(fields?.rating)} onRate={(rating) => void edit({ rating }, rowIds)} />
        <FavoriteButton
          favorite={sharedOf(fields?.is_favorite)}
          onChange={(favorite) => void edit({ is_favorite: favorite }, rowIds)}
        />
        <ColorLabels
          label={sharedOf(fields?.color_label)}
          onChange={(label) => void edit({ color_label: label }, rowIds)}
        />
      </div>
      <ManyTags
        tags={summary?.tags ?? null}
        of={summary?.total ?? rowIds.length}
        rowIds={rowIds}
        onAdd={(tags) => void edit({ add_tags: [...tags] }, rowIds)}
        onRemove={(tag) => void edit({ remove_tags: [tag] }, rowIds)}
      />
      {summary === null || sharedIs(fields?.space, 'workspace') ? null : (
        <ManyCollections collections={summary.collections} of={summary.total} rowIds={rowIds} />
      )}
      {fields === undefined ? null : (
        <>
          <EditableText
            key={`title ${textOf(title)}`}
            label={title.mixed ? strings.mixedOf(strings.title) : strings.title}
            value={title.mixed ? '' : (title.value ?? '')}
            placeholder={title.mixed ? strings.mixedTitles : strings.titleForAll}
            maxLength={500}
            onSave={(text) => void edit({ custom_title: text === '' ? null : text }, rowIds)}
          />
          <EditableText
            key={`notes ${textOf(notes)}`}
            label={notes.mixed ? strings.mixedOf(strings.notes) : strings.notes}
            value={notes.mixed ? '' : (notes.value ?? '')}
            placeholder={notes.mixed ? strings.mixedNotes : strings.notesPlaceholder}
            maxLength={100_000}
            multiline
            className={styles.notes}
            onSave={(text) => void edit({ description: text === '' ? null : text }, rowIds)}
          />
        </>
      )}
      {pair === null ? null : <MakeVersion pair={pair} />}
      {made.length === 0 ? null : (
        <Section title={strings.generation}>
          <Facts facts={made} />
        </Section>
      )}
    </>
  )
}

function textOf(field: Shared<string | null>): string {
  return field.mixed ? strings.mixed : (field.value ?? '')
}

function sharedIs<T>(field: Parameters<typeof sharedOf<T>>[0], value: T): boolean {
  const known = sharedOf(field)
  return !known.mixed && known.value === value
}
