/*
 * The operator API's types, made of its own OpenAPI document. Do not edit: `npm run api-schema` renews them.
 * One file, however long: it stands or falls with that document, and nobody reads it but the compiler.
 */

export interface paths {
  '/api/session': {
    get: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': components['schemas']['Session']
          }
        }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
              needsOwner: boolean
            }
          }
        }
      }
    }
    post: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            name: string
            password: string
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': components['schemas']['Session']
          }
        }
        400: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        403: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        409: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        415: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        429: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        503: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
      }
    }
    delete: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        403: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        409: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
      }
    }
  }
  '/api/owner': {
    post: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            name: string
            password: string
            token: string
          }
        }
      }
      responses: {
        201: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': components['schemas']['Session']
          }
        }
        400: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        403: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        409: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        415: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        429: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
      }
    }
  }
  '/api/overview': {
    get: {
      parameters: {
        query?: {
          since?: string
        }
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              isSandbox: boolean
              bridges: components['schemas']['BridgeOverview'][]
            }
          }
        }
        400: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
      }
    }
  }
  '/api/conversations': {
    get: {
      parameters: {
        query?: {
          search?: string
          bridge?: string
          state?: 'waiting' | 'failed' | 'unknown' | 'no_ticket'
          before?: string
          limit?: number
        }
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              conversations: components['schemas']['Conversation'][]
            }
          }
        }
        400: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
      }
    }
  }
  '/api/conversations/{id}': {
    get: {
      parameters: {
        query?: {
          before?: string
          limit?: number
        }
        header?: never
        path: {
          id: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              conversation: components['schemas']['Conversation']
              tickets: {
                id: string
                status: string | null
                link: string
              }[]
              consent: {
                to: 'given' | 'withdrawn'
                at: string
              } | null
              timeline: components['schemas']['TimelineEntry'][]
              earlier: string | null
            }
          }
        }
        400: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        404: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
      }
    }
  }
  '/api/problems': {
    get: {
      parameters: {
        query?: {
          limit?: number
        }
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              problems: components['schemas']['Problem'][]
            }
          }
        }
        400: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
      }
    }
  }
  '/api/problems/{id}/retry': {
    post: {
      parameters: {
        query?: never
        header?: never
        path: {
          id: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            text?: string
            mayArriveTwice?: boolean
            note?: string
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              done: true
            }
          }
        }
        400: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        404: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        409: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
              why: string
            }
          }
        }
      }
    }
  }
  '/api/problems/{id}/discard': {
    post: {
      parameters: {
        query?: never
        header?: never
        path: {
          id: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            note?: string
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              done: true
            }
          }
        }
        400: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        404: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        409: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
              why: string
            }
          }
        }
      }
    }
  }
  '/api/events/{id}/replay': {
    post: {
      parameters: {
        query?: never
        header?: never
        path: {
          id: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            note?: string
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              done: true
            }
          }
        }
        400: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        404: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        409: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
              why: string
            }
          }
        }
      }
    }
  }
  '/api/problems/retry': {
    post: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            ids?: string[]
            bridge?: string
            since?: string
            until?: string
            after?: string
            limit?: number
            note?: string
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': components['schemas']['Tally']
          }
        }
        400: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
      }
    }
  }
  '/api/problems/discard': {
    post: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            ids?: string[]
            bridge?: string
            since?: string
            until?: string
            after?: string
            limit?: number
            note?: string
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': components['schemas']['Tally']
          }
        }
        400: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
      }
    }
  }
  '/api/events/replay': {
    post: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            ids?: string[]
            bridge?: string
            since?: string
            until?: string
            after?: string
            limit?: number
            note?: string
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': components['schemas']['Tally']
          }
        }
        400: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
      }
    }
  }
  '/api/changes': {
    get: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'text/event-stream': string
          }
        }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
      }
    }
  }
  '/api/connections': {
    get: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              connections: components['schemas']['Connection'][]
              redirectUris: {
                zendesk: string
                klaviyo: string
              }
              scopes: {
                zendesk: string[]
                klaviyo: string[]
              }
              isReachable: boolean
              sandbox: {
                zendeskUrl: string | null
                klaviyoUrl: string
              } | null
            }
          }
        }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
      }
    }
  }
  '/api/connections/zendesk/consent': {
    post: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            address: string
            clientId: string
            clientSecret: string | null
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              redirectTo: string
            }
          }
        }
        400: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        422: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
      }
    }
  }
  '/api/connections/zendesk/client': {
    post: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            address: string
            clientId: string
            clientSecret: string
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              connectionId: string
            }
          }
        }
        400: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        422: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
      }
    }
  }
  '/api/connections/klaviyo/consent': {
    post: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            clientId: string
            clientSecret: string
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              redirectTo: string
            }
          }
        }
        400: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        422: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
      }
    }
  }
  '/api/connections/klaviyo/key': {
    post: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            apiKey: string
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              connectionId: string
            }
          }
        }
        400: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        422: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
      }
    }
  }
  '/api/connections/{id}': {
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          id: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        404: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        409: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
      }
    }
  }
  '/api/connections/{id}/pause': {
    post: {
      parameters: {
        query?: never
        header?: never
        path: {
          id: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        404: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
      }
    }
  }
  '/api/connections/{id}/resume': {
    post: {
      parameters: {
        query?: never
        header?: never
        path: {
          id: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        404: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
      }
    }
  }
  '/api/bridges': {
    get: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              bridges: components['schemas']['Bridge'][]
            }
          }
        }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
      }
    }
  }
  '/api/bridges/{name}': {
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          name: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              left: string[]
            }
          }
        }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        404: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
      }
    }
    put: {
      parameters: {
        query?: {
          dryRun?: 'true' | 'false'
        }
        header?: never
        path: {
          name: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            tickets?: {
              brands?: 'all' | string[]
              resolvedOn?: 'closed'
            }
            sms?: {
              enabled?: boolean
              brand?: string
              routes?: {
                number: string
                brand?: string
                tags?: string[]
              }[]
              tags?: string[]
              keywords?: {
                subscribe?: string[]
                automation?: string[]
              }
              keywordHoldSeconds?: number
            }
            mirror?: {
              campaigns?: 'while_open' | 'off'
              inboxReplies?: boolean
            }
            zendeskId: string
            klaviyoId: string
          }
        }
      }
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              bridgeId: string
              changes: string[]
              notices: string[]
            }
          }
        }
        400: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        404: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        422: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
              problems: string[]
            }
          }
        }
      }
    }
  }
  '/api/doctor': {
    post: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/x-ndjson': components['schemas']['DoctorProgress']
          }
        }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
      }
    }
  }
  '/api/events': {
    get: {
      parameters: {
        query?: {
          limit?: number
          before?: string
        }
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              events: components['schemas']['Event'][]
            }
          }
        }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
      }
    }
  }
  '/api/events/{id}': {
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          id: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              events: components['schemas']['Event'][]
            }
          }
        }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
        404: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
      }
    }
  }
  '/api/failures': {
    get: {
      parameters: {
        query?: {
          limit?: number
        }
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        200: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              events: components['schemas']['Event'][]
            }
          }
        }
        401: {
          headers: { [name: string]: unknown }
          content: {
            'application/json': {
              error: string
            }
          }
        }
      }
    }
  }
}
export interface components {
  schemas: {
    Session: {
      operator: {
        id: string
        name: string
      }
      csrfToken: string
    }
    BridgeOverview: {
      id: string
      name: string
      isActive: boolean
      connections: {
        id: string
        platform: 'zendesk' | 'klaviyo'
        account: string
        address: string
        state: 'ready' | 'reconnect'
        stateReason: string | null
        stands: {
          why: 'paused' | 'down'
          says: string
          since: string
        } | null
      }[]
      lastReceived: components['schemas']['LastText']
      lastSent: components['schemas']['LastText']
      waiting: {
        for: string
        isInLine: boolean
        count: number
        oldestAt: string
        oldestEventId: string
      }[]
      failing: {
        what: 'set_aside' | 'gave_up' | 'unknown' | 'undelivered'
        count: number
      }[]
      texts: {
        received: number
        sent: number
        failed: number
      }
      campaigns: {
        origin: string
        name: string | null
        lastAt: string
        counts: {
          reason: string
          says: string
          count: number
        }[]
      }[]
      events: number
    }
    LastText: {
      at: string
      eventId: string
      conversationId: string | null
      state: 'fine' | 'waiting' | 'failed' | 'unknown'
      says: string
    } | null
    Conversation: {
      id: string
      bridge: string
      channel: string
      brandNumber: string
      customerNumber: string | null
      customerName: string | null
      customerEmail: string | null
      ticket: {
        id: string
        status: string | null
        link: string
      } | null
      profile: {
        id: string
        link: string
      } | null
      lastActivityAt: string
      lastText: string | null
      state: 'fine' | 'waiting' | 'failed' | 'unknown' | 'no_ticket'
      why: string | null
      cursor: string
    }
    TimelineEntry: {
      id: string
      source: string
      kind: string
      remoteId: string
      ticketId: string | null
      eventAt: string
      receivedAt: string
      says: string
      side: 'customer' | 'agent' | 'note' | 'between'
      text: string | null
      state: 'fine' | 'waiting' | 'failed' | 'unknown'
      work: {
        id: string
        about: string
        state: string
        reason: string | null
        says: string | null
        remedy: string | null
        waitingFor: string | null
        waitingUntil: string | null
        error: string | null
        interventions: {
          action: 'retry' | 'edit' | 'discard' | 'replay'
          who: string
          note: string | null
          at: string
          effectId: string | null
          says: string
        }[]
        effects: {
          id: string
          kind: string
          state: string
          reason: string | null
          delivery: string | null
          isDismissed: boolean
          says: string
          remedy: string | null
          isReplaced: boolean
          text: string | null
          ticketId: string | null
          attempts: {
            startedAt: string
            endedAt: string | null
            outcome: string | null
            status: number | null
            detail: string | null
            exchange?: unknown
          }[]
        }[]
      }[]
    }
    Problem: {
      id: string
      bridge: string
      at: string
      what: 'undelivered' | 'gave_up' | 'unknown' | 'set_aside'
      says: string
      remedy: string
      text: string | null
      customer: string | null
      conversationId: string | null
      ticket: {
        id: string
        link: string
      } | null
      event: {
        id: string
        source: string
        kind: string
        remoteId: string
      }
      effect: string | null
      reason: string | null
      cause: string | null
      attempts: {
        startedAt: string
        endedAt: string | null
        outcome: string | null
        status: number | null
        detail: string | null
        exchange?: unknown
      }[]
      ways: ('retry' | 'edit' | 'discard')[]
      mayHaveArrived: boolean
      interventions: {
        action: 'retry' | 'edit' | 'discard' | 'replay'
        who: string
        note: string | null
        at: string
        effectId: string | null
        says: string
      }[]
    }
    Tally: {
      looked: number
      done: number
      left: {
        id: string
        why: string
        says: string
      }[]
      next: string | null
      at: string
    }
    Connection: {
      id: string
      platform: 'zendesk' | 'klaviyo'
      account: string
      accountId: string
      url: string
      door: 'authorization_code' | 'client_credentials' | 'private_key'
      clientId: string | null
      scopes: string[] | null
      state: 'ready' | 'reconnect'
      stateReason: string | null
      stands: {
        why: 'paused' | 'down'
        says: string
        since: string
      } | null
      feeds: {
        name: string
        readUntil: string
        problem: string | null
        found: number
      }[]
      bridges: string[]
      brands: {
        name: string
        isDefault: boolean
      }[]
    }
    Bridge: {
      id: string
      name: string
      isActive: boolean
      zendeskId: string
      klaviyoId: string
      settings: components['schemas']['Choices']
      connections: {
        platform: string
        account: string
        state: string
        stateReason: string | null
      }[]
    }
    Choices: {
      tickets: {
        brands: 'all' | string[]
        resolvedOn: 'closed'
      }
      sms: {
        enabled: boolean
        brand?: string
        routes: {
          number: string
          brand?: string
          tags: string[]
        }[]
        tags: string[]
        keywords: {
          subscribe: string[]
          automation: string[]
        }
        keywordHoldSeconds: number
      }
      mirror: {
        campaigns: 'while_open' | 'off'
        inboxReplies: boolean
      }
    }
    DoctorProgress:
      | {
          kind: 'looking'
          check: string
          about: string
          at: string
        }
      | {
          kind: 'found'
          finding: components['schemas']['Finding']
        }
      | {
          kind: 'done'
          at: string
        }
    Finding: {
      check: string
      area: 'service' | 'zendesk' | 'klaviyo' | 'bridge'
      about: string
      state: 'ok' | 'warning' | 'problem' | 'unknown'
      says: string
      remedy: string | null
      without: string | null
    }
    Event: {
      id: string
      bridge: string
      source: string
      kind: string
      remoteId: string
      ticketId: string | null
      eventAt: string
      receivedAt: string
      work: {
        id: string
        about: string
        lane: string
        conversationId: string | null
        state: string
        reason: string | null
        says: string | null
        remedy: string | null
        waitingFor: string | null
        waitingUntil: string | null
        error: string | null
        interventions: {
          action: 'retry' | 'edit' | 'discard' | 'replay'
          who: string
          note: string | null
          at: string
          effectId: string | null
          says: string
        }[]
        effects: {
          id: string
          kind: string
          state: string
          reason: string | null
          says: string
          remedy: string | null
          result?: unknown
          delivery: string | null
          isDismissed: boolean
          attempts: {
            startedAt: string
            endedAt: string | null
            outcome: string | null
            status: number | null
            detail: string | null
            exchange?: unknown
          }[]
        }[]
      }[]
    }
  }
}
