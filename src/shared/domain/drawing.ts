import { z } from 'zod'

/** Sides of the squares that the decoders draw an original inside of, pixels: a page or a drawing, and a photograph. */
export const drawnSides = [2048, 8192] as const
export type DrawnSide = (typeof drawnSides)[number]

export const drawnSideSchema = z.union([z.literal(2048), z.literal(8192)])

/** A page of a document, from 0. */
export const pageSchema = z.number().int().min(0).max(99_999)
