import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import { fullFormats } from 'ajv-formats/dist/formats.js'
import { type Node, nodeAt } from './openapi-document.ts'
import { findUndeclared } from './undeclared.ts'

/** Which side of an exchange a schema describes: `readOnly` and `writeOnly` differ. */
export type Side = 'request' | 'response'

/** Whether a property that a schema does not name is a problem. */
export type Undeclared = 'is a problem' | 'is fine'

export type SchemaCheck = {
  /** What is wrong with `value` by the schema at `pointer`, each with a JSON pointer. */
  check(side: Side, pointer: string, value: unknown): readonly string[]
}

/** Checks values by the schemas of one OpenAPI document, 3.0 or 3.1. */
export function createSchemaCheck(document: Node, undeclared: Undeclared): SchemaCheck {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false, logger: false })
  for (const [name, format] of Object.entries(fullFormats)) ajv.addFormat(name, format)
  const compiled = new Map<string, ValidateFunction>()

  function validatorFor(side: Side, pointer: string): ValidateFunction {
    if (ajv.getSchema(side) === undefined) ajv.addSchema(translate(document, side) as Node, side)
    const path = translated(document, pointer).split('/').map(encodeURIComponent).join('/')
    const ref = `${side}#${path}`
    const validate = compiled.get(ref) ?? ajv.compile({ $ref: ref })
    compiled.set(ref, validate)
    return validate
  }

  return {
    check(side, pointer, value) {
      const validate = validatorFor(side, pointer)
      if (!validate(value)) return sentences(validate.errors ?? [])
      if (undeclared === 'is fine') return []
      const fits = (branch: string, part: unknown) => validatorFor(side, branch)(part)
      return findUndeclared({ document, fits }, pointer, value)
    },
  }
}

/** Words that hold names of properties, not keywords. */
const NAME_MAPS = ['properties', 'patternProperties', 'schemas']
/** What is written for readers and would only mislead the validator. */
const IGNORED = ['example', 'examples', 'discriminator', 'xml', 'externalDocs', 'default']

/**
 * JSON Schema of a schema that OpenAPI 3.0 wrote; what 3.1 wrote stays as it is. `parent` is the
 * keyword under which the node stands.
 */
function translate(node: unknown, side: Side, parent = ''): unknown {
  if (Array.isArray(node)) return node.map((each) => translate(each, side))
  if (node === null || typeof node !== 'object') return node
  const isNameMap = NAME_MAPS.includes(parent)
  const entries = Object.entries(node)
    .filter(([key]) => isNameMap || !IGNORED.includes(key))
    .map(([key, value]) => {
      if (!isNameMap && key === 'enum') return [key, value]
      return [isNameMap ? key : keyword(key), translate(value, side, isNameMap ? '' : key)]
    })
  const schema = Object.fromEntries(entries) as Node
  return isNameMap ? schema : nullable(withRequired(schema, side))
}

/** Vendors write `oneOf` of an integer or a number, of which no whole number is exactly one. */
function keyword(key: string): string {
  return key === 'oneOf' ? 'anyOf' : key
}

/** A property that only the other side sends is not required of this one. */
function withRequired(schema: Node, side: Side): Node {
  if (!Array.isArray(schema.required)) return schema
  const foreign = side === 'request' ? 'readOnly' : 'writeOnly'
  const required = schema.required.filter(
    (name) => nodeAt(schema, `/properties/${name}`)[foreign] !== true,
  )
  return { ...schema, required }
}

function nullable(schema: Node): Node {
  if (schema.nullable !== true) return schema
  const { nullable: _, ...rest } = schema
  return { anyOf: [rest, { type: 'null' }] }
}

/** Where the schema at a pointer stands after the translation: what may be null moves into `anyOf`. */
function translated(document: Node, pointer: string): string {
  const parts = pointer.split('/').slice(1)
  return parts.reduce((path, part, index) => {
    const owner = nodeAt(document, `/${parts.slice(0, index).join('/')}`)
    const isNullable = index > 0 && owner.nullable === true
    return `${path}${isNullable ? '/anyOf/0' : ''}/${Array.isArray(owner[part]) ? keyword(part) : part}`
  }, '')
}

/** Of several reasons the deepest, because a choice also complains of every other branch. */
function sentences(errors: readonly ErrorObject[]): readonly string[] {
  const plain = errors.filter((error) => !isSummary(error))
  const named = plain.length > 0 ? plain : errors
  const depthOf = ({ instancePath }: ErrorObject) => instancePath.split('/').length
  const deepest = Math.max(...named.map(depthOf))
  return [...new Set(named.filter((error) => depthOf(error) === deepest).map(sentence))]
}

/** Words about all branches, and about the branch that only lets null in. */
function isSummary({ keyword, params }: ErrorObject): boolean {
  return SUMMARIES.includes(keyword) || (keyword === 'type' && params.type === 'null')
}

const SUMMARIES = ['anyOf', 'allOf']

function sentence({ instancePath, message, params }: ErrorObject): string {
  const { allowedValues } = params as Record<string, unknown>
  const choices = Array.isArray(allowedValues) ? ` (${allowedValues.join(', ')})` : ''
  return `${instancePath === '' ? '/' : instancePath} ${message}${choices}`
}
