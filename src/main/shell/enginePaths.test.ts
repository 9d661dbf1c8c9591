import { describe, expect, it } from 'vitest'
import { engineProgram } from './enginePaths.ts'

const installation = { packaged: true, resources: '/opt/Vitrine/resources', app: '/src', platform: 'linux', env: {} }

describe('engineProgram', () => {
  it('takes both programs from the package, whatever the environment says', () => {
    expect(engineProgram({ ...installation, env: { VITRINE_NODE: '/tmp/evil' } })).toEqual({
      node: '/opt/Vitrine/resources/node/bin/node',
      script: '/opt/Vitrine/resources/engine/engine.process.js',
    })
    expect(engineProgram({ ...installation, platform: 'win32' }).node).toMatch(/node\.exe$/)
  })

  it('takes the launcher’s Node and the built engine in development', () => {
    expect(engineProgram({ ...installation, packaged: false, env: { VITRINE_NODE: '/node' } })).toEqual({
      node: '/node',
      script: '/src/out/main/engine.process.js',
    })
  })

  it('says how to start when the launcher was not used', () => {
    expect(() => engineProgram({ ...installation, packaged: false })).toThrow('npm start')
  })
})
