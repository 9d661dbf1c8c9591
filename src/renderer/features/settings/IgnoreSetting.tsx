import { useEffect, useId, useRef, useState } from 'react'
import { messageOf } from '../../api/client.ts'
import { settings as strings } from '../../strings/settings.ts'
import styles from './SettingsSection.module.css'
import { Setting } from './SettingsSection.tsx'

/** Patterns of files that no import takes, one a line. Saved when somebody leaves the field. */
export function IgnoreSetting({
  patterns,
  onChange,
}: {
  readonly patterns: readonly string[]
  readonly onChange: (patterns: string[]) => Promise<void>
}) {
  const [text, setText] = useState(patterns.join('\n'))
  const [problem, setProblem] = useState<string | null>(null)
  const noteId = useId()

  const save = () => {
    const wanted = patternsOf(text)
    if (wanted.join('\n') === patterns.join('\n')) return setProblem(null)
    onChange(wanted).then(
      () => setProblem(null),
      (thrown: unknown) => setProblem(messageOf(thrown)),
    )
  }
  // The dialog may be closed from within the field.
  const latest = useRef(save)
  latest.current = save
  useEffect(() => () => latest.current(), [])

  return (
    <Setting
      name={strings.ignore}
      note={
        <span
          id={noteId}
          className={problem === null ? undefined : styles.problem}
          role={problem ? 'alert' : undefined}
        >
          {problem ?? strings.ignoreHint}
        </span>
      }
    >
      <textarea
        className={styles.lines}
        rows={3}
        spellCheck={false}
        aria-label={strings.ignoreLabel}
        aria-describedby={noteId}
        aria-invalid={problem !== null}
        placeholder={strings.ignoreExample}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={save}
      />
    </Setting>
  )
}

function patternsOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
