/** What a frame showed of the cells that are on screen. */
export interface Seen {
  readonly frames: number
  /** Cells of all frames together. */
  readonly cells: number
  /** Of these, the ones of which nothing was known yet: grey and empty. */
  readonly blank: number
  /** Of these, the ones that stood as a thumbhash or without a picture. */
  readonly unpainted: number
  /** Milliseconds of each task of the page over 50 ms, but for those of the probe. */
  readonly longTasks: readonly number[]
  readonly mostNodes: number
  readonly mostCells: number
  /** Addresses of all thumbnails that were asked for. */
  readonly thumbnails: readonly string[]
}

export interface Probe {
  start(): void
  stop(): Seen
  /** Milliseconds from `began` until a condition held and was painted. */
  painted(began: number, condition: () => boolean): Promise<number>
  /** Whether something is known of every cell on screen; with `pictures`, whether each is painted. */
  settled(pictures: boolean): boolean
  /** Moves the content by so many pixels a second, for so many milliseconds. */
  scroll(pixelsPerSecond: number, milliseconds: number): Promise<void>
  /** The time of the last key or button that was pressed, before the page handled it. */
  pressed: number
}

declare global {
  var uiProbe: Probe
}

/** Puts a probe into the page. Sent there as its text, so it stands for itself. */
export function installProbe(): void {
  const grid = () => document.querySelector<HTMLElement>('[data-testid=grid]')
  const onScreen = () => {
    const box = grid()?.getBoundingClientRect()
    if (box === undefined) return []
    return [...document.querySelectorAll<HTMLElement>('[data-testid=asset-cell]')].filter((cell) => {
      const { top, bottom } = cell.getBoundingClientRect()
      return bottom > box.top && top < box.bottom
    })
  }
  const isKnown = (cell: HTMLElement) => cell.firstElementChild?.textContent !== 'Loading'
  const isPainted = (cell: HTMLElement) => {
    const image = cell.querySelector('img')
    return isKnown(cell) && (image === null || (image.complete && image.naturalWidth > 0))
  }
  const thumbnails = new Set<string>()
  let running = false
  let count = { frames: 0, cells: 0, blank: 0, unpainted: 0, mostNodes: 0, mostCells: 0 }
  let longTasks: number[] = []
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) if (running) longTasks.push(duration)
  }).observe({ type: 'longtask' })
  const look = () => {
    if (!running) return
    const cells = onScreen()
    count.frames++
    count.cells += cells.length
    for (const cell of cells) {
      if (!isKnown(cell)) count.blank++
      if (!isPainted(cell)) count.unpainted++
    }
    const all = document.querySelectorAll('[data-testid=asset-cell]')
    count.mostCells = Math.max(count.mostCells, all.length)
    if (count.frames % 10 === 1) {
      count.mostNodes = Math.max(count.mostNodes, document.querySelectorAll('*').length)
      for (const image of document.querySelectorAll('img'))
        if (image.src.startsWith('asset://thumb/')) thumbnails.add(image.src)
    }
    requestAnimationFrame(look)
  }
  const probe: Probe = {
    pressed: 0,
    start() {
      count = { frames: 0, cells: 0, blank: 0, unpainted: 0, mostNodes: 0, mostCells: 0 }
      longTasks = []
      running = true
      requestAnimationFrame(look)
    },
    stop() {
      running = false
      return { ...count, longTasks, thumbnails: [...thumbnails] }
    },
    painted: (began, condition) =>
      new Promise((resolve) => {
        const frame = () => {
          // What holds now is painted with this frame; the next one begins behind that.
          if (condition()) requestAnimationFrame(() => resolve(performance.now() - began))
          else requestAnimationFrame(frame)
        }
        requestAnimationFrame(frame)
      }),
    settled(pictures) {
      const cells = onScreen()
      return cells.length > 0 && cells.every(pictures ? isPainted : isKnown)
    },
    scroll: (pixelsPerSecond, milliseconds) =>
      new Promise((resolve) => {
        const began = performance.now()
        let last = began
        const frame = (now: number) => {
          const scroller = grid()
          if (scroller === null || now - began > milliseconds) return resolve()
          scroller.scrollTop += (Math.min(100, now - last) / 1000) * pixelsPerSecond
          last = now
          requestAnimationFrame(frame)
        }
        requestAnimationFrame(frame)
      }),
  }
  for (const type of ['keydown', 'pointerdown'] as const) {
    window.addEventListener(type, ({ timeStamp }) => (probe.pressed = timeStamp), { capture: true })
  }
  globalThis.uiProbe = probe
}
