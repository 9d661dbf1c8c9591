import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commandLine } from './commandLine.ts'

const PATH = '/tmp/a pier.png'
const line = (exec: string) => commandLine({ exec, name: 'Viewer', icon: 'viewer' }, PATH, '/usr/share/v.desktop')

describe('the command line of a program', () => {
  it('has the file where the program wants it, as a path or an address', () => {
    expect(line('eog %f')).toEqual(['eog', PATH])
    expect(line('eog --open=%F --new')).toEqual(['eog', `--open=${PATH}`, '--new'])
    expect(line('gimp %U')).toEqual(['gimp', 'file:///tmp/a%20pier.png'])
  })

  it('has the file at its end when the program does not say', () => {
    expect(line('eog')).toEqual(['eog', PATH])
    expect(line('env A=1 eog')).toEqual(['env', 'A=1', 'eog', PATH])
  })

  it('keeps what is quoted together, and nothing in it is a code', () => {
    expect(line('"/opt/my viewer/run" %f')).toEqual(['/opt/my viewer/run', PATH])
    expect(line('sh -c "echo \\"\\$1\\" %f" x %f')).toEqual(['sh', '-c', 'echo "$1" %f', 'x', PATH])
  })

  it('knows the other codes, and leaves out those that nobody uses any more', () => {
    expect(line('v %i --name %c %k %f')).toEqual([
      'v',
      '--icon',
      'viewer',
      '--name',
      'Viewer',
      '/usr/share/v.desktop',
      PATH,
    ])
    expect(line('v %d %m --half=50%% %f')).toEqual(['v', '--half=50%', PATH])
    expect(commandLine({ exec: 'v %i %f', name: 'V', icon: null }, PATH, '')).toEqual(['v', PATH])
  })

  it('never goes through a shell: what would mean something to one is a part of an argument', () => {
    expect(line('v ;rm $HOME `x` %f')).toEqual(['v', ';rm', '$HOME', '`x`', PATH])
  })

  it('that can’t be understood is none', () => {
    expect([line('"open'), line(''), line('   ')]).toEqual([null, null, null])
  })

  it('names the file once or more, whatever it says', () => {
    fc.assert(
      fc.property(fc.string(), (exec) => {
        const found = line(exec)
        if (found !== null) expect(found.slice(1).some((argument) => /pier\.png/.test(argument))).toBe(true)
      }),
    )
  })
})
