import { Copy } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { copyText } from '../../actions/assets.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import styles from './Section.module.css'

/** A part of the inspector with a heading and, on its right, a short remark or a button. */
export function Section({
  title,
  aside,
  children,
}: {
  readonly title: string
  readonly aside?: ReactNode
  readonly children: ReactNode
}) {
  const id = useId()
  return (
    <section className={styles.section} aria-labelledby={id}>
      <header className={styles.header}>
        <h3 id={id} className={styles.title}>
          {title}
        </h3>
        {aside === undefined ? null : <span className={styles.aside}>{aside}</span>}
      </header>
      {children}
    </section>
  )
}

export interface Fact {
  readonly name: string
  readonly value: string
  /** Shown instead of the value, which is still what is copied and what the tooltip says. */
  readonly shown?: string
  readonly copy?: boolean
  /** What else can be done with it. */
  readonly action?: ReactNode
}

/** Names and values; long values end in an ellipsis and are whole in their tooltip. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map((fact) => (
        <div key={fact.name} className={styles.fact}>
          <dt>{fact.name}</dt>
          <dd>
            <span className={styles.value} title={fact.value}>
              {fact.shown ?? fact.value}
            </span>
            {fact.action}
            {fact.copy ? <CopyButton text={fact.value} what={strings.the(fact.name)} /> : null}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Puts a text on the clipboard. `what` names it: "the seed". */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  return (
    <IconButton
      className={styles.copy}
      label={strings.copy(what)}
      size="s"
      tooltip={false}
      onClick={() => void copyText(text, what)}
    >
      <Copy />
    </IconButton>
  )
}
