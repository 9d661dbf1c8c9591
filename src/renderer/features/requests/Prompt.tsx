import { useId, useState } from 'react'
import { requests as strings } from '../../strings/requests.ts'
import styles from './Prompt.module.css'

/** Beyond this many characters or lines a prompt is cut, with a way to see all of it. */
const LONG = { characters: 320, lines: 3 }

/** What was asked for, in the words of the person. */
export function Prompt({ text }: { readonly text: string }) {
  const id = useId()
  const [whole, setWhole] = useState(false)
  const long = text.length > LONG.characters || text.split('\n', LONG.lines + 1).length > LONG.lines
  return (
    <div className={styles.prompt}>
      <p id={id} className={styles.text} data-cut={(long && !whole) || undefined}>
        {text}
      </p>
      {long ? (
        <button
          type="button"
          className={styles.more}
          aria-expanded={whole}
          aria-controls={id}
          onClick={() => setWhole(!whole)}
        >
          {whole ? strings.hidePrompt : strings.showPrompt}
        </button>
      ) : null}
    </div>
  )
}
