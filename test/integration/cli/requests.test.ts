import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { mutationResultSchema } from '../../../src/shared/contract/requests/requestMap.ts'
import { engineRequests } from '../../../src/shared/contract/requests.ts'
import { generationRequestSchema } from '../../../src/shared/domain/generationRequest.ts'
import { importReportSchema } from '../../../src/shared/domain/import.ts'
import { requestMediaSchema } from '../../../src/shared/domain/requestMedia.ts'
import { makeLibrary, makePictures, startVitrine, temporaryPlace, vitrine, vitrineJson } from './vitrineProcess.ts'

const detailSchema = engineRequests['requests.get'].output
const shownSchema = detailSchema.extend({ outputs: z.array(z.object({ id: z.string(), file_name: z.string() })) })
const listedSchema = z.object({ requests: z.array(generationRequestSchema) })
const changeSchema = mutationResultSchema.extend({ failed: z.array(z.object({ id: z.string() })) })

describe('requests on the command line', () => {
  const place = temporaryPlace()
  const at = ['--library', place.library]
  let assets: string[]
  let id: string
  beforeAll(async () => {
    makeLibrary(place.library)
    const pictures = await makePictures(place.files, 2)
    const { imported } = await vitrineJson(importReportSchema, 'import', ...pictures, ...at)
    assets = imported.map((item) => item.id)
  })
  afterAll(place.remove)
  const show = () => vitrineJson(shownSchema, 'request', 'show', id, ...at)

  test('create writes down prompt, metadata and references, and says where its files go', async () => {
    const made = await vitrineJson(
      detailSchema,
      ...['request', 'create', 'a harbour', '--metadata', '{"steps": 20}', '--reference', assets[1] ?? '', ...at],
    )
    expect(made).toMatchObject({
      user_prompt: 'a harbour',
      input_metadata: { steps: 20 },
      status: 'pending',
      references: [{ id: assets[1] }],
      jobs: [],
      drop_folder: join(place.library, 'drop', made.id),
    })
    id = made.id
    const { requests } = await vitrineJson(listedSchema, 'request', 'list', ...at)
    expect(requests.map((request) => request.id)).toEqual([id])
  })

  test('reference adds and removes; a reference that is none is named', async () => {
    const added = await vitrine('request', 'reference', id.slice(0, 8), assets[0] ?? '', 'nothing.png', ...at, '--json')
    expect(added.status).toBe(1)
    expect(changeSchema.parse(JSON.parse(added.stdout)).failed).toEqual([{ id: 'nothing.png' }])
    expect((await show()).references.map((reference) => reference.id)).toEqual([assets[1], assets[0]])
    await vitrineJson(changeSchema, 'request', 'reference', id, assets[1] ?? '', '--remove', ...at)
    expect((await show()).references.map((reference) => reference.id)).toEqual([assets[0]])
  })

  test('what is put into its folder of the drop folder is its output', async () => {
    const { drop_folder: folder } = await show()
    const pictures = await makePictures(join(place.folder, 'outside'), 2, 50)
    for (const [index, target] of [folder, join(place.library, 'drop', 'castles')].entries()) {
      mkdirSync(target)
      renameSync(pictures[index] ?? '', join(target, `made ${index}.png`))
    }
    const watched = await startVitrine(['watch', '--once', ...at]).ended
    expect(watched.status, watched.stderr).toBe(0)
    const shown = await show()
    expect(shown.jobs.map((job) => job.folder)).toEqual([id])
    expect(shown.outputs.map((output) => output.file_name)).toEqual(['made 0.png'])
    expect(shown.status).toMatch(/running|completed/)
  })

  test('assign makes another job and a loose asset its own, undo takes each back', async () => {
    await vitrineJson(changeSchema, 'request', 'assign', id, '--job', 'castles', ...at)
    expect(await show()).toMatchObject({ job_count: 2, output_count: 2 })
    await vitrineJson(changeSchema, 'request', 'assign', id, '--asset', assets[0] ?? '', ...at)
    expect((await show()).output_count).toBe(3)
    await vitrine('undo', ...at)
    await vitrine('undo', ...at)
    expect(await show()).toMatchObject({ job_count: 1, output_count: 1 })
    await vitrineJson(changeSchema, 'request', 'assign', 'none', '--job', id, ...at)
    expect(await show()).toMatchObject({ job_count: 0, output_count: 0 })
  })

  test('cancel and reopen', async () => {
    await vitrineJson(changeSchema, 'request', 'cancel', id, ...at)
    expect((await show()).status).toBe('cancelled')
    await vitrineJson(changeSchema, 'request', 'cancel', id, '--reopen', ...at)
    expect((await show()).status).toBe('pending')
  })

  test('delete leaves everything else, and is undone', async () => {
    await vitrineJson(changeSchema, 'request', 'delete', id, ...at)
    expect((await vitrineJson(listedSchema, 'request', 'list', ...at)).requests).toEqual([])
    expect(await vitrine('request', 'show', id, ...at)).toMatchObject({ status: 1 })
    await vitrine('undo', ...at)
    expect((await show()).references).toHaveLength(1)
  })

  test('media puts its references where a generator finds them, and names what the rules refuse', async () => {
    const folder = join(place.folder, 'for the generator')
    mkdirSync(folder)
    expect(await vitrine('request', 'media', id, ...at)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('no remote for references'),
    })
    await vitrine('remote', 'add', '--role', 'references', '--folder', folder, ...at)
    const { references } = await show()
    const { media } = await vitrineJson(requestMediaSchema, 'request', 'media', id, ...at)
    expect(media.map((medium) => medium.id)).toEqual(references.map((reference) => reference.id))
    for (const { url } of media) expect(existsSync(fileURLToPath(url ?? ''))).toBe(true)
    await vitrine('remote', 'policy', '--role', 'references', '--types', 'video/*', '--size-limit', 'none', ...at)
    await vitrine('request', 'reference', id, assets[1] ?? '', ...at)
    expect(await vitrine('request', 'media', id, ...at)).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^file:/),
      stderr: expect.stringContaining('takes video/*'),
    })
  })

  test('what is no JSON object, no request or no choice is refused with words', async () => {
    expect(await vitrine('request', 'create', 'x', '--metadata', '[1]', ...at)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('JSON object'),
    })
    expect(await vitrine('request', 'show', 'ffffffff', ...at)).toMatchObject({ status: 1 })
    expect(await vitrine('request', 'assign', id, ...at)).toMatchObject({ status: 2 })
  })
})
