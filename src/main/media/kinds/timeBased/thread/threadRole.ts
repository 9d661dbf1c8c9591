/** Marks a thread of ours among those that the program of the media process starts. */
export const THREAD_ROLE = 'time-based'
