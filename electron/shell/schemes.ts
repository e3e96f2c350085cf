import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { protocol, type Session } from 'electron'
import type { PageRendition } from '../../shared/contract/index.ts'
import type { CoreClient } from './core-client.ts'
import { parseRange } from './range.ts'

export const APP_ORIGIN = 'juanku://app'

/** Must run before the app is ready: without `standard` and `secure` there is no storage and no sane origin. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'juanku', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    {
      scheme: 'page',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, corsEnabled: true },
    },
  ])
}

export const CONTENT_SECURITY_POLICY = [
  `default-src 'none'`,
  `script-src 'self' 'wasm-unsafe-eval'`,
  `style-src 'self' 'unsafe-inline'`,
  `img-src 'self' page: data: blob:`,
  `font-src 'self' data:`,
  `connect-src 'self' page: blob:`,
  `worker-src 'self' blob:`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
  `object-src 'none'`,
].join('; ')

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.pfb': 'application/octet-stream',
  '.bcmap': 'application/octet-stream',
  '.wasm': 'application/wasm',
}

const refuse = (status: number) => new Response(null, { status })

/** Serves the built renderer, and nothing outside its folder. */
async function serveApp(root: string, url: URL): Promise<Response> {
  const wanted = decodeURIComponent(url.pathname === '/' ? '/index.html' : url.pathname)
  const file = path.join(root, path.normalize(wanted))
  const mediaType = MEDIA_TYPES[path.extname(file).toLowerCase()]
  if (!file.startsWith(root + path.sep) || mediaType === undefined) return refuse(404)
  // Whole, not as a stream: the files are few and small, and a stream through two kinds of streams can stall.
  const bytes = await readFile(file).catch(() => undefined)
  if (bytes === undefined) return refuse(404)
  return new Response(bytes as BodyInit, {
    headers: {
      'content-type': mediaType,
      'content-length': String(bytes.byteLength),
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
    },
  })
}

const RENDITIONS: ReadonlySet<string> = new Set(['thumbnail', 'view', 'source'] satisfies PageRendition[])

/** `page://vault/<version id>/<rendition>`, with byte ranges (RFC 9110 §14): 206, and 416 past the end. */
async function servePage(core: CoreClient, client: number, request: Request): Promise<Response> {
  const url = new URL(request.url)
  const [versionId = '', rendition = '', ...rest] = url.pathname.split('/').filter((part) => part !== '')
  if (url.host !== 'vault' || rest.length > 0 || !RENDITIONS.has(rendition) || request.method !== 'GET')
    return refuse(404)
  const range = parseRange(request.headers.get('range'))
  if (range === 'invalid') return refuse(416)
  const result = await core.page(client, versionId, rendition as PageRendition, range)
  if (!result.ok) {
    const missing =
      result.error.code === 'CATALOGUE_NOT_FOUND' || result.error.code === 'VAULT_OBJECT_MISSING'
    const status = result.error.code === 'SYSTEM_RANGE_UNSATISFIABLE' ? 416 : missing ? 404 : 403
    return new Response(result.error.code, {
      status,
      headers: {
        'x-juanku-error': result.error.code,
        'access-control-allow-origin': APP_ORIGIN,
        'access-control-expose-headers': 'x-juanku-error',
      },
    })
  }
  const headers: Record<string, string> = {
    'content-type': result.mediaType,
    'content-length': String(result.bytes.byteLength),
    'accept-ranges': 'bytes',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'access-control-allow-origin': APP_ORIGIN,
    'access-control-expose-headers': 'content-range, content-length, accept-ranges, x-juanku-error',
  }
  if (result.range === null) return new Response(result.bytes as BodyInit, { status: 200, headers })
  headers['content-range'] = `bytes ${result.range.start}-${result.range.end}/${result.sizeBytes}`
  return new Response(result.bytes as BodyInit, { status: 206, headers })
}

/** Binds both schemes to one window's session; the window's id says whose pages may be read. */
export function handleSchemes(session: Session, root: string, core: CoreClient, client: () => number): void {
  session.protocol.handle('juanku', async (request) => {
    const url = new URL(request.url)
    return url.host === 'app' && request.method === 'GET' ? await serveApp(root, url) : refuse(404)
  })
  session.protocol.handle('page', (request) => servePage(core, client(), request))
}
