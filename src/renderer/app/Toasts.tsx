import { dismissToast, useToasts } from '../state/toasts.ts'
import { frame } from '../strings/frame.ts'
import { Toast } from '../ui/Toast.tsx'
import styles from './Toasts.module.css'

/** What has just happened, newest at the bottom. */
export function Toasts() {
  const toasts = useToasts((state) => state.toasts)
  return (
    <section className={styles.toasts} aria-label={frame.notifications}>
      {toasts.map(({ id, message, tone, action }) => (
        <Toast key={id} message={message} tone={tone} action={action} onDismiss={() => dismissToast(id)} />
      ))}
    </section>
  )
}
