/** Called often during long work; throws when the work is not wanted any more. */
export type Checkpoint = () => void
