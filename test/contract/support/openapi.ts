import { type Exchange, mediaTypeOf, nameOf } from './exchange.ts'
import { createSchemaCheck, type SchemaCheck, type Side, type Undeclared } from './json-schema.ts'
import { type Content, type Operation, operationsOf, readDocument } from './openapi-document.ts'
import { fitsPath, readParameters } from './openapi-parameters.ts'

/** Where a document is known to be wrong or stale: its word does not count there. */
export type SpecException = {
  /** `GET /api/events/{id}`, or `*` for all. */
  readonly operation: string
  /** The problems that it excuses. */
  readonly problem: RegExp
  readonly fact: string
  readonly source: string
}

export type Contract = {
  readonly operations: readonly Operation[]
  /** What is wrong with what a client sent, one sentence each. */
  judgeRequest(exchange: Exchange): readonly string[]
  /** What is wrong with what a platform answered, one sentence each. */
  judgeResponse(exchange: Exchange): readonly string[]
  /** Exceptions that excused nothing so far: they may go. */
  unusedExceptions(): readonly SpecException[]
}

type Options = {
  readonly exceptions?: readonly SpecException[]
  readonly undeclared?: Undeclared
}

type Known = { readonly operation: Operation; readonly schemas: SchemaCheck }

/**
 * Holds exchanges to OpenAPI documents. An operation is looked for in the order of the files; a
 * path, a status or a parameter that none declares is a problem unless an exception names it.
 */
export function loadContract(files: readonly string[], options: Options = {}): Contract {
  const { exceptions = [], undeclared = 'is a problem' } = options
  const used = new Set<SpecException>()
  const known = files.map(readDocument).flatMap((document): readonly Known[] => {
    const schemas = createSchemaCheck(document, undeclared)
    return operationsOf(document).map((operation) => ({ operation, schemas }))
  })

  function judge(exchange: Exchange, look: (found: Known, exchange: Exchange) => string[]) {
    const found = find(known, exchange)
    const problems = found === null ? ['no operation is declared for it'] : look(found, exchange)
    const place = found === null ? '' : `${found.operation.method} ${found.operation.path}`
    return problems
      .filter((problem) => !isExcused(problem, place))
      .map((problem) => `${nameOf(exchange)}: ${problem}`)
  }

  function isExcused(problem: string, place: string): boolean {
    const excuses = exceptions.filter(
      ({ operation, problem: pattern }) =>
        (operation === '*' || operation === place) && pattern.test(problem),
    )
    for (const excuse of excuses) used.add(excuse)
    return excuses.length > 0
  }

  return {
    operations: known.map(({ operation }) => operation),
    judgeRequest: (exchange) => judge(exchange, lookAtRequest),
    judgeResponse: (exchange) => judge(exchange, lookAtResponse),
    unusedExceptions: () => exceptions.filter((exception) => !used.has(exception)),
  }
}

/** A path without names goes before one with them. */
function find(known: readonly Known[], { method, path }: Exchange): Known | null {
  const plain = path.split('?')[0]?.replace(/\/$/, '') ?? ''
  const candidates = [plain, plain.replace(/\.json$/, '')].flatMap((wanted) =>
    known.filter(
      ({ operation }) => operation.method === method && fitsPath(operation.path, wanted),
    ),
  )
  return candidates.find(({ operation }) => !operation.path.includes('{')) ?? candidates[0] ?? null
}

function lookAtRequest({ operation, schemas }: Known, exchange: Exchange): string[] {
  const { path, requestHeaders: headers, requestBody: body } = exchange
  const { given, problems } = readParameters({ operation, path, headers })
  const wrongValues = given.flatMap(({ parameter, value }) =>
    schemas
      .check('request', parameter.pointer, value)
      .map((problem) => `${parameter.in} parameter ${parameter.name}: ${problem}`),
  )
  const isAnonymous = operation.needsAuthorization && headers.authorization === undefined
  return [
    ...(isAnonymous ? ['header authorization is missing'] : []),
    ...problems,
    ...wrongValues,
    ...lookAtBody({ schemas, side: 'request', content: operation.requestBody, headers, body }),
    ...(body === '' && operation.isBodyRequired ? ['the request has no body'] : []),
  ]
}

function lookAtResponse({ operation, schemas }: Known, exchange: Exchange): string[] {
  const { status, responseHeaders: headers, responseBody: body } = exchange
  const content = contentFor(operation, status)
  if (content === null) return [`status ${status} is undeclared`]
  const isSilent = content.size > 0 && body === ''
  return [
    ...(isSilent ? ['the answer has no body'] : []),
    ...lookAtBody({ schemas, side: 'response', content, headers, body }),
  ]
}

function contentFor({ responses }: Operation, status: number): Content | null {
  const range = String(status)[0] ?? ''
  const keys = [String(status), `${range}XX`, `${range}xx`, 'default']
  const key = keys.find((each) => responses.has(each))
  return key === undefined ? null : (responses.get(key) ?? null)
}

type Body = {
  readonly schemas: SchemaCheck
  readonly side: Side
  readonly content: Content
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

function lookAtBody({ schemas, side, content, headers, body }: Body): string[] {
  if (body === '') return []
  if (content.size === 0) return [`a body in a ${side} that declares none`]
  const type = mediaTypeOf(headers)
  const pointer = content.get(type ?? '')
  if (pointer === undefined) return [`media type ${type} of the ${side} is undeclared`]
  if (!type?.endsWith('json')) return []
  const parsed = parse(body)
  if (parsed === undefined) return [`the body of the ${side} is not JSON`]
  return schemas.check(side, pointer, parsed).map((problem) => `${side} body ${problem}`)
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
