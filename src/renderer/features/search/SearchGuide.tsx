import { CircleQuestionMark } from 'lucide-react'
import { useState } from 'react'
import { fieldNames, searchFields } from '../../../shared/domain/search/searchFields.ts'
import { search } from '../../strings/search.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Popover } from '../../ui/Popover.tsx'
import styles from './SearchGuide.module.css'

/** The language of the search field on one page, with examples to try. */
export function SearchGuide({ onTry }: { readonly onTry: (text: string) => void }) {
  const [open, setOpen] = useState(false)
  const tryOut = (example: string) => {
    onTry(example)
    setOpen(false)
  }
  return (
    <Popover
      label={search.guide}
      align="end"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <IconButton label={search.guide} size="s">
          <CircleQuestionMark />
        </IconButton>
      }
    >
      <div className={styles.guide}>
        <p className={styles.intro}>{search.guideIntro}</p>
        {search.guideParts.map(({ title, lines }) => (
          <section key={title}>
            <h3 className={styles.title}>{title}</h3>
            {lines.map(({ example, meaning }) => (
              <Line key={example} example={example} meaning={meaning} onTry={tryOut} />
            ))}
          </section>
        ))}
        <section>
          <h3 className={styles.title}>{search.guideFields}</h3>
          {fieldNames.map((name) => (
            <Line
              key={name}
              example={searchFields[name].examples[0] ?? `${name}:`}
              meaning={searchFields[name].explanation}
              onTry={tryOut}
            />
          ))}
        </section>
      </div>
    </Popover>
  )
}

function Line({
  example,
  meaning,
  onTry,
}: {
  readonly example: string
  readonly meaning: string
  readonly onTry: (example: string) => void
}) {
  return (
    <div className={styles.line}>
      <button
        type="button"
        className={styles.example}
        title={search.tryExample(example)}
        onClick={() => onTry(example)}
      >
        {example}
      </button>
      <span className={styles.meaning}>{meaning}</span>
    </div>
  )
}
