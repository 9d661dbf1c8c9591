import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { readCarriers } from '../../../src/main/media/carriers/readCarriers.ts'
import { readMetadata } from '../../../src/main/media/metadata/readMetadata.ts'
import { describeUnless } from '../support/describeUnless.ts'

/** A folder of real files, pictures of many cameras in `photos` and `raw`; relative to the working folder. */
const folder = process.env.VITRINE_SAMPLES === undefined ? null : resolve(process.env.VITRINE_SAMPLES)

async function metadataOf(name: string, mimeType: string) {
  const path = join(folder ?? '', name)
  const { capturedAt, gps, metadata } = readMetadata(await readCarriers(path, mimeType, statSync(path).size), null)
  const camera = (metadata.camera ?? {}) as Record<string, unknown>
  return {
    metadata,
    taken: capturedAt === null ? null : `${new Date(capturedAt).toISOString()} ${metadata.captured_at_zone}`,
    place: gps === null ? null : `${gps.latitude.toFixed(5)} ${gps.longitude.toFixed(5)}`,
    camera: [camera.model, camera.lens, camera.exposure_time, camera.aperture, camera.iso, camera.focal_length],
  }
}

describeUnless(
  folder === null ? 'VITRINE_SAMPLES names no folder of sample files' : null,
  'what cameras wrote into real photos',
  () => {
    // Compared by eye with what ExifTool prints for the same files.
    it.each([
      [
        'photos/Apple iPhone 6.jpg',
        'image/jpeg',
        '2014-09-16T13:05:12.133Z gps',
        '51.76241 -0.31789',
        ['iPhone 6', 'iPhone 6 back camera 4.15mm f/2.2', '1/40', 2.2, 32, 4.15],
      ],
      [
        'photos/Canon EOS 5D.jpg',
        'image/jpeg',
        '2005-09-25T00:31:00.000Z assumed-utc',
        null,
        ['Canon EOS 5D', undefined, '1/160', 5, 160, 105],
      ],
      [
        'photos/Motorola XT1068 (Moto G).jpg',
        'image/jpeg',
        '2014-09-12T17:20:30.000Z assumed-utc',
        null,
        ['XT1068', undefined, '1/120', 2, 80, 3.54],
      ],
      [
        'photos/Nikon D100.jpg',
        'image/jpeg',
        '2004-01-02T14:26:41.100Z assumed-utc',
        null,
        ['NIKON D100', undefined, '1/640', 6.3, undefined, 130],
      ],
      [
        'photos/Olympus E-20.jpg',
        'image/jpeg',
        '2001-12-08T14:07:01.000Z assumed-utc',
        null,
        ['E-20,E-20N,E-20P', undefined, '1/160', 3.2, 80, 31],
      ],
      [
        'photos/Sony DSC-H9.jpg',
        'image/jpeg',
        '2012-09-03T10:46:34.000Z assumed-utc',
        null,
        ['DSC-H9', undefined, '1/800', 5.6, 100, 78],
      ],
      [
        'photos/IMG_2927.HEIC',
        'image/heic',
        '2020-05-04T22:39:11.644Z offset',
        null,
        ['iPhone 11 Pro', 'iPhone 11 Pro back triple camera 4.25mm f/1.8', '1/493', 1.8, 32, 4.25],
      ],
      [
        'photos/IMG_1034.heic',
        'image/heic',
        '2018-02-05T07:11:44.277Z gps',
        '23.17792 113.39432',
        ['iPhone 8', 'iPhone 8 back camera 3.99mm f/1.8', '1/17', 1.8, 80, 3.99],
      ],
      [
        'photos/Issue 649.avif',
        'image/avif',
        '2015-10-11T14:41:44.000Z assumed-utc',
        null,
        ['Canon EOS 70D', 'EF50mm f/1.8 STM', '1/60', 3.2, 400, 50],
      ],
      [
        'raw/Issue 247-1.nef',
        'image/x-nikon-nef',
        '2010-03-01T21:50:21.700Z assumed-utc',
        null,
        ['NIKON D70s', undefined, '1/60', 2.8, undefined, 50],
      ],
    ])('%s', async (name, mimeType, taken, place, camera) => {
      expect(await metadataOf(name, mimeType)).toMatchObject({ taken, place, camera })
    })

    it('has texts in their encoding', async () => {
      const { metadata } = await metadataOf('photos/User Comment Encoding.jpg', 'image/jpeg')
      expect(metadata.exif).toMatchObject({ UserComment: 'æøå' })
      expect(metadata.descriptive).toMatchObject({ description: 'tittel' })
    })

    it('is nothing where no camera was', async () => {
      for (const [name, mimeType] of [
        ['photos/Photo (1).webp', 'image/webp'],
        ['photos/Classic.tif', 'image/tiff'],
        ['photos/BigTIFF.tif', 'image/tiff'],
        ['ai/comfyui-animated-webp.webp', 'image/webp'],
        ['ai/comfyui-save-image-extended.jpeg', 'image/jpeg'],
      ] as const) {
        const { metadata, taken, place } = await metadataOf(name, mimeType)
        expect([name, metadata.camera, taken, place]).toEqual([name, undefined, null, null])
      }
    })
  },
)
