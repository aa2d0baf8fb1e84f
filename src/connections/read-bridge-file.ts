import { parse, YAMLParseError } from 'yaml'
import { err, ok, type Result } from '../kernel/result.ts'
import { type BridgeFile, bridgeSchema } from './settings.ts'

/**
 * Reads `bridge.yaml`. `${NAME}` in any text is replaced from the environment, so that secrets need
 * not stand in the file. On failure every problem is named at once, each with where and what to do.
 */
export function readBridgeFile(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): Result<BridgeFile, readonly string[]> {
  let yaml: unknown
  try {
    yaml = parse(text)
  } catch (error) {
    // An alias without its anchor, or one that unfolds without end, is a ReferenceError.
    if (error instanceof YAMLParseError || error instanceof ReferenceError)
      return err([`not YAML: ${error.message.split('\n')[0]}`])
    throw error
  }
  const missing: string[] = []
  const filled = substitute(yaml, env, missing)
  const parsed = bridgeSchema.safeParse(filled)
  const problems = [
    ...[...new Set(missing)].map(
      (name) => `\${${name}} is not set: put it into the environment or into .env`,
    ),
    ...(parsed.success
      ? []
      : parsed.error.issues.map(
          (issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`,
        )),
  ]
  return parsed.success && problems.length === 0 ? ok(parsed.data) : err(problems)
}

function substitute(
  value: unknown,
  env: Readonly<Record<string, string | undefined>>,
  missing: string[],
): unknown {
  if (typeof value === 'string') {
    return value.replace(/\$\{(\w+)\}/g, (written, name: string) => {
      const found = env[name]
      if (found !== undefined && found !== '') return found
      missing.push(name)
      return written
    })
  }
  if (Array.isArray(value)) return value.map((item) => substitute(item, env, missing))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, substitute(inner, env, missing)]),
  )
}
