import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** What Prometheus reads at `/metrics`. No label holds a person's data. */
export type Telemetry = ReturnType<typeof createTelemetry>

export function createTelemetry() {
  const registry = new Registry()
  return {
    registry,
    deliveries: new Counter({
      name: 'replyline_deliveries_total',
      help: 'Webhook requests by how they were answered',
      labelNames: ['platform', 'answer'],
      registers: [registry],
    }),
    intakeSeconds: new Histogram({
      name: 'replyline_intake_seconds',
      help: 'From the last byte of a delivery to its answer',
      labelNames: ['platform'],
      buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5],
      registers: [registry],
    }),
    claimSeconds: new Histogram({
      name: 'replyline_claim_seconds',
      help: 'How long it took to claim work that waits',
      labelNames: ['queue'],
      buckets: [0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.02, 0.05, 0.1, 0.5, 1],
      registers: [registry],
    }),
    jobs: new Gauge({
      name: 'replyline_jobs',
      help: 'Work waiting or running',
      labelNames: ['queue', 'state'],
      registers: [registry],
    }),
  }
}
