import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

/** A node of a parsed OpenAPI document; what it holds is known only by its place. */
export type Node = { readonly [key: string]: unknown }

export type Parameter = {
  readonly name: string
  readonly in: string
  readonly required: boolean
  readonly schema: Node
  /** Of the schema. */
  readonly pointer: string
}

/** One operation, with the JSON pointers of what it declares. */
export type Operation = {
  readonly method: string
  /** As the document writes it, under the path of its server: `/api/events/{id}`. */
  readonly path: string
  readonly operationId: string
  readonly parameters: readonly Parameter[]
  readonly needsAuthorization: boolean
  readonly isBodyRequired: boolean
  /** By media type; the values point at schemas. */
  readonly requestBody: Content
  /** By status, as written: `200`, `4XX`, `default`. */
  readonly responses: ReadonlyMap<string, Content>
  /** The operation as written, with the vendor's `x-` fields. */
  readonly node: Node
}

export type Content = ReadonlyMap<string, string>

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const

/** Reads JSON or YAML, which JSON is too. */
export function readDocument(file: string): Node {
  const text = readFileSync(file, 'utf8')
  return (file.endsWith('.json') ? JSON.parse(text) : parse(text)) as Node
}

/** Every operation of a document. */
export function operationsOf(document: Node): readonly Operation[] {
  const prefix = serverPath(document)
  return Object.entries(nodeAt(document, '/paths')).flatMap(([path, item]) =>
    METHODS.filter((method) => asNode(item)[method] !== undefined).map((method) =>
      toOperation({ document, prefix, path, method }),
    ),
  )
}

type Place = {
  readonly document: Node
  readonly prefix: string
  readonly path: string
  readonly method: string
}

function toOperation({ document, prefix, path, method }: Place): Operation {
  const pointer = `/paths/${escapePart(path)}`
  const item = nodeAt(document, pointer)
  const node = asNode(item[method])
  const security = (node.security ?? document.security ?? []) as readonly Node[]
  const body = resolve(document, `${pointer}/${method}/requestBody`)
  const statuses = Object.keys(asNode(node.responses))
  return {
    method: method.toUpperCase(),
    path: `${prefix}${path}`,
    operationId: String(node.operationId ?? `${method} ${path}`),
    parameters: [pointer, `${pointer}/${method}`].flatMap((at) => parametersAt(document, at)),
    needsAuthorization: security.some((each) => Object.keys(each).length > 0),
    isBodyRequired: nodeAt(document, body).required === true,
    requestBody: contentAt(document, body),
    responses: new Map(
      statuses.map((status) => {
        const at = resolve(document, `${pointer}/${method}/responses/${status}`)
        return [status, contentAt(document, at)]
      }),
    ),
    node,
  }
}

function parametersAt(document: Node, owner: string): readonly Parameter[] {
  const given = (nodeAt(document, owner).parameters ?? []) as readonly unknown[]
  return given.map((_, index) => {
    const pointer = resolve(document, `${owner}/parameters/${index}`)
    const { name, in: place, required, schema } = nodeAt(document, pointer)
    return {
      name: String(name),
      in: String(place),
      required: required === true,
      schema: asNode(schema),
      pointer: `${pointer}/schema`,
    }
  })
}

function contentAt(document: Node, pointer: string): Content {
  const content = asNode(nodeAt(document, pointer).content)
  return new Map(
    Object.entries(content)
      .filter(([, media]) => asNode(media).schema !== undefined)
      .map(([type]) => [type.toLowerCase(), `${pointer}/content/${escapePart(type)}/schema`]),
  )
}

/** The pointer itself, or the one that the `$ref` there names. */
function resolve(document: Node, pointer: string): string {
  const { $ref } = nodeAt(document, pointer)
  return typeof $ref === 'string' ? resolve(document, $ref.slice(1)) : pointer
}

/** The node at a JSON pointer; empty where there is none. */
export function nodeAt(document: Node, pointer: string): Node {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((node, part) => asNode(node[part]), document)
}

function asNode(value: unknown): Node {
  return value !== null && typeof value === 'object' ? (value as Node) : {}
}

function escapePart(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** `/api/v2` of `https://{subdomain}.example.com/api/v2`. */
function serverPath(document: Node): string {
  const [server] = (document.servers ?? []) as readonly Node[]
  return /^https?:\/\/[^/]+(\/.*?)\/?$/.exec(String(server?.url ?? ''))?.[1] ?? ''
}
