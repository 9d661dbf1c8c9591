import { BookOpen, Images, Inbox } from 'lucide-react'
import { firstRun as strings } from '../../strings/firstRun.ts'
import styles from './FirstRun.module.css'

const icons = { originals: Images, drop: Inbox, catalog: BookOpen } as const

/** What a library is made of, so that nobody wonders what the program puts on the disk. */
export function LibraryParts() {
  return (
    <section className={styles.parts} aria-label={strings.willMake}>
      <h2 className={styles.partsTitle}>{strings.willMake}</h2>
      <dl className={styles.list}>
        {strings.parts.map((part) => {
          const Icon = icons[part.kind]
          return (
            <div key={part.kind} className={styles.part}>
              <Icon aria-hidden="true" />
              <dt>{part.name}</dt>
              <dd>{part.text}</dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}
