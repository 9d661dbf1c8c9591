// Type-checks every environment against its own libraries; prints the compiler's findings and which projects failed.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const PROJECTS = ['shared', 'renderer', 'preload', 'main', 'test', 'scripts'] as const

const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')

/** Compiler output of one project; empty when it is clean. */
function check(project: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [compiler, '-p', `tsconfig.${project}.json`, '--pretty', 'false'])
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    child.stderr.on('data', (chunk) => {
      output += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => {
      const empty = output.includes('error TS18003') // "No inputs were found": a folder that nobody has filled yet
      resolve(code === 0 || empty ? '' : output.trim() || `tsc ended with code ${code}`)
    })
  })
}

const failed: string[] = []
for (const project of PROJECTS) {
  const findings = await check(project)
  if (findings) {
    console.log(`\n${project}:\n${findings}`)
    failed.push(project)
  }
}
if (failed.length > 0) {
  console.log(`\nTypes: errors in ${failed.join(', ')}.`)
  process.exit(1)
}
console.log(`Types: ${PROJECTS.join(', ')} are clean.`)
