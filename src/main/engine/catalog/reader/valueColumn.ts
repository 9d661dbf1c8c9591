/** A value of each row, as the number of one of few different texts; 0 means that it has none. */
export class ValueColumn {
  readonly #texts: string[] = ['']
  readonly #numbers = new Map<string, number>()
  #values: Uint16Array | Uint32Array = new Uint16Array()

  /** Makes room for rows below `end`. */
  reserve(end: number): void {
    if (end <= this.#values.length) return
    const capacity = Math.ceil(end * 1.1) + 1024
    const larger = this.#values instanceof Uint32Array ? new Uint32Array(capacity) : new Uint16Array(capacity)
    larger.set(this.#values)
    this.#values = larger
  }

  set(row: number, text: string | null): void {
    let number = 0
    if (text !== null && text !== '') {
      number = this.#numbers.get(text) ?? this.#texts.length
      if (number === this.#texts.length) {
        this.#texts.push(text)
        this.#numbers.set(text, number)
        // More different texts than 16 bits tell apart.
        if (number === 0x1_0000) this.#values = Uint32Array.from(this.#values)
      }
    }
    this.#values[row] = number
  }

  /** How many of these rows have each text; texts that none has are left out. */
  count(rows: Int32Array): Map<string, number> {
    const counts = new Float64Array(this.#texts.length)
    const values = this.#values
    for (let i = 0; i < rows.length; i++) {
      const number = values[rows[i] ?? 0] ?? 0
      counts[number] = (counts[number] ?? 0) + 1
    }
    const found = new Map<string, number>()
    for (let number = 1; number < counts.length; number++) {
      const count = counts[number] ?? 0
      if (count > 0) found.set(this.#texts[number] ?? '', count)
    }
    return found
  }
}
