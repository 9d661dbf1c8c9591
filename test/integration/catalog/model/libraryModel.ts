type Value = string | number | boolean | null

interface Entry {
  changes: readonly { readonly cell: string; readonly before: Value; readonly after: Value }[]
  state: 'done' | 'undone' | 'gone'
}

/**
 * What a library should hold, as a map of cells such as `asset/lamp.png/rating`. A cell that was never set is null. What
 * undo and redo mean is said here once for all commands: every cell that a command changed goes back, unless something
 * else has changed it since.
 */
export class LibraryModel {
  readonly #cells = new Map<string, Value>()
  readonly #history: Entry[] = []

  get(cell: string): Value {
    return this.#cells.get(cell) ?? null
  }

  /** What stands between `prefix` and the next slash in the names of all cells that are neither null nor false. */
  names(prefix: string): string[] {
    const found = new Set<string>()
    for (const [cell, value] of this.#cells) {
      if (cell.startsWith(prefix) && value !== null && value !== false)
        found.add(cell.slice(prefix.length).split('/')[0] ?? '')
    }
    return [...found].sort()
  }

  /** How many steps of the history can still be taken back. */
  get undoable(): number {
    return this.#history.filter(({ state }) => state === 'done').length
  }

  get redoable(): boolean {
    return this.#history.some(({ state }) => state === 'undone')
  }

  /** Runs a command; one that changes something is a step of the history, unless it can't be undone. */
  change(undoable: boolean, command: (set: (cell: string, value: Value) => void) => void): void {
    const before = new Map<string, Value>()
    command((cell, value) => {
      if (!before.has(cell)) before.set(cell, this.get(cell))
      this.#cells.set(cell, value)
    })
    const changes = [...before].flatMap(([cell, old]) => {
      const after = this.get(cell)
      return after === old ? [] : [{ cell, before: old, after }]
    })
    if (!undoable || changes.length === 0) return
    for (const entry of this.#history) if (entry.state === 'undone') entry.state = 'gone'
    this.#history.push({ changes, state: 'done' })
  }

  /** What has these names is gone for good: no step of the history brings anything of it back. */
  forget(prefix: string): void {
    for (const cell of [...this.#cells.keys()]) if (cell.startsWith(prefix)) this.#cells.delete(cell)
    for (const entry of this.#history) entry.changes = entry.changes.filter(({ cell }) => !cell.startsWith(prefix))
  }

  /** Takes the latest step back; does nothing when there is none. */
  undo(): void {
    const entry = this.#history.findLast(({ state }) => state === 'done')
    if (entry === undefined) return
    for (const { cell, before, after } of entry.changes) if (this.get(cell) === after) this.#cells.set(cell, before)
    entry.state = 'undone'
  }

  /** Does the step again that was taken back last; does nothing when there is none. */
  redo(): void {
    const entry = this.#history.find(({ state }) => state === 'undone')
    if (entry === undefined) return
    for (const { cell, before, after } of entry.changes) if (this.get(cell) === before) this.#cells.set(cell, after)
    entry.state = 'done'
  }
}

/** Other names of a tag. */
export function aliasesOf(model: LibraryModel, tag: string): string[] {
  return String(model.get(`tag/${tag}/aliases`) ?? '')
    .split(' ')
    .filter((alias) => alias !== '')
}
