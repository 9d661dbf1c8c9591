/** One Ctrl-C reaches a program twice when its launcher passes on what the terminal has sent to both, ms. */
const SAME_KEYPRESS_MS = 400
const STATUS_OF_SIGINT = 130

/**
 * Aborted when the person or the system asks this process to stop, or when the launcher that started it is gone.
 * Asked a second time, the process ends at once: what was acknowledged is safe anyway.
 */
export function interruption(): AbortSignal {
  const controller = new AbortController()
  let askedAt = 0
  const ask = () => {
    const now = Date.now()
    if (controller.signal.aborted && now - askedAt > SAME_KEYPRESS_MS) process.exit(STATUS_OF_SIGINT)
    askedAt = now
    controller.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask)
  if (process.channel) {
    process.on('disconnect', ask)
    // The launcher's channel says when the launcher is gone; it is no reason to stay.
    process.channel.unref()
  }
  return controller.signal
}
