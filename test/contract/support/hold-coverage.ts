import { relative } from 'node:path'
import { afterAll } from 'vitest'
import { ROOT, readCoverage, unproven } from './coverage-page.ts'
import { recordedHere } from './recording-proxy.ts'

type Task = {
  readonly type: string
  readonly mode: string
  readonly tasks?: readonly Task[]
}

/**
 * For every file of this project: what the coverage pages say that it proves, it has called. A run
 * of some of its tests alone shows nothing about that and is let be.
 */
// biome-ignore lint/correctness/noEmptyPattern: the fixtures come first, and none is needed
afterAll(({}, suite) => {
  const file = relative(ROOT, suite.file.filepath)
  const [, platform = ''] = /^test\/contract\/(zendesk|klaviyo)\//.exec(file) ?? []
  if (platform === '' || isRunInPart(suite.file)) return
  const missing = unproven(readCoverage(platform), file, recordedHere)
  if (missing.length === 0) return
  const page = `docs/platforms/${platform}-coverage.md`
  throw new Error(`${page} says that ${file} tests what it never calls:\n${missing.join('\n')}`)
})

function isRunInPart({ tasks = [] }: Task): boolean {
  return tasks.some((task) => task.mode === 'skip' || isRunInPart(task))
}
