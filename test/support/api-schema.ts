import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createOperatorApi } from '../../src/http/operator-api.ts'
import { type OpenApiDocument, openApiTypes } from './openapi-types.ts'

const ROOT = join(import.meta.dirname, '../..')

export const SCHEMA_FILE = join(ROOT, 'web/window/api/schema.d.ts')
/** Renews the file; run by `npm run api-schema`. */
export const RENEWS = 'npm run api-schema'

const HEAD = `/*
 * The operator API's types, made of its own OpenAPI document. Do not edit: \`${RENEWS}\` renews them.
 * One file, however long: it stands or falls with that document, and nobody reads it but the compiler.
 */

`

/** Stands for everything that the routes would use: the document is made of the routes alone. */
const ANYTHING: object = new Proxy({}, { get: () => ANYTHING })

/** The browser's types of the operator API as the code now stands, in the house's form. */
export async function renderSchema(): Promise<string> {
  const api = createOperatorApi(ANYTHING as never)
  const document = (await (await api.request('/api/openapi.json')).json()) as OpenApiDocument
  return execFileSync(
    join(ROOT, 'node_modules/.bin/biome'),
    ['format', '--stdin-file-path=web/window/api/schema.d.ts'],
    { cwd: ROOT, input: HEAD + openApiTypes(document), encoding: 'utf8' },
  )
}

if (import.meta.main) writeFileSync(SCHEMA_FILE, await renderSchema())
