// Checks the import rules over src. `node scripts/run.mjs scripts/check-imports.ts` prints what breaks them, and why not.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import { importRules } from './import-rules.ts'

/** One import, or one cycle of imports, that breaks a rule. */
export interface ImportViolation {
  readonly rule: string
  readonly why: string
  /** The importing file, then the imported one; for a cycle all files on the way. */
  readonly path: readonly string[]
}

/**
 * Checks `<root>/src`.
 * @returns the number of files that were read, and what breaks the rules.
 */
export async function checkImports(root: string): Promise<{ files: number; violations: ImportViolation[] }> {
  if (!readdirSync(root).includes('src')) throw new Error(`${root} has no src folder.`)
  const { output } = await cruise(['src'], {
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: [...importRules] },
    doNotFollow: { path: ['node_modules'] },
    tsPreCompilationDeps: true,
    // There is no CommonJS here: what is called `require` is a function of ours.
    moduleSystems: ['es6'],
    // TypeScript 7 has no API that dependency-cruiser could parse with.
    parser: 'swc',
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json', '.css'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  })
  const { modules, summary } = output as ICruiseResult
  const comments = new Map(importRules.map((rule) => [rule.name, rule.comment ?? '']))
  return {
    files: modules.filter((module) => module.source.startsWith('src/')).length,
    violations: summary.violations.map((violation) => ({
      rule: violation.rule.name,
      why: comments.get(violation.rule.name) ?? '',
      path: [violation.from, ...(violation.cycle?.map((step) => step.name) ?? [violation.to])],
    })),
  }
}

if (import.meta.main) {
  const { files, violations } = await checkImports(join(fileURLToPath(import.meta.url), '..', '..'))
  for (const { rule, why, path } of violations) console.log(`${path.join('\n  → ')}\n  ${rule}: ${why}\n`)
  if (violations.length > 0) {
    console.log(`Imports: ${violations.length} broken in ${files} files.`)
    process.exit(1)
  }
  console.log(`Imports: ${files} files keep the rules.`)
}
