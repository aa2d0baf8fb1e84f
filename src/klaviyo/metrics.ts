import { z } from 'zod'
import type { MetricId } from '../kernel/ids.ts'
import type { Result } from '../kernel/result.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import { readAll } from './pages.ts'
import type { KlaviyoTransport } from './transport.ts'
import { optionalText } from './wire.ts'

/**
 * A kind of event. Ids differ per account; names changed once (July 2026). `integration` is the
 * source: `Klaviyo` for built-in ones, `API` for those that API calls made.
 */
export type KlaviyoMetric = {
  readonly id: MetricId
  readonly name: string
  readonly integration: string | null
}

/** The kinds of event an account has. */
export type Metrics = {
  /**
   * Every metric of the account, to the end. There is no filter by name.
   * https://developers.klaviyo.com/en/reference/get_metrics
   */
  list(): Promise<Result<readonly KlaviyoMetric[], ApiProblem>>
}

/** Binds the metric calls to one account. Needs `metrics:read`. */
export function createMetrics(transport: KlaviyoTransport): Metrics {
  return {
    list: () =>
      readAll(transport, { path: '/api/metrics', operation: 'get_metrics' }, metricSchema),
  }
}

const metricSchema = z
  .looseObject({
    id: z.string().min(1),
    attributes: z.looseObject({
      name: z.string(),
      integration: z.looseObject({ name: optionalText }).catch({ name: null }),
    }),
  })
  .transform(
    ({ id, attributes }): KlaviyoMetric => ({
      id: id as MetricId,
      name: attributes.name,
      integration: attributes.integration.name,
    }),
  )
