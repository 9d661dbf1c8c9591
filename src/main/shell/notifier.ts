import { Notification } from 'electron'
import type { Log } from './log.ts'
import type { Notice } from './notices.ts'

interface NotifierOptions {
  /** Whether a person wants to be told and looks at something else. */
  readonly wanted: () => boolean
  readonly onClick: (notice: Notice) => void
  readonly log: Log
}

/** Shows notices as the system does, where it can. */
export function createNotifier({ wanted, onClick, log }: NotifierOptions): (notices: readonly Notice[]) => void {
  // A notification that nothing refers to may be collected before it is clicked.
  const shown = new Set<Notification>()
  return (notices) => {
    for (const notice of notices) {
      log.info('notice', `${notice.title}: ${notice.body}`)
      if (!wanted() || !Notification.isSupported()) continue
      const notification = new Notification({ title: notice.title, body: notice.body })
      shown.add(notification)
      notification.once('click', () => {
        shown.delete(notification)
        onClick(notice)
      })
      notification.once('close', () => shown.delete(notification))
      notification.once('failed', (_, error) => {
        shown.delete(notification)
        log.info('notice', `The system shows no notifications: ${error}`)
      })
      notification.show()
    }
  }
}
