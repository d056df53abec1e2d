import type { InputOf, Operation, OutputOf } from '../core/operation.ts'
import type { ProblemBody } from '../core/problem.ts'
import { asProblem, offlineProblem, Problem, requestOf, send } from './call.ts'
import { askToSignIn, setOnline } from './session.ts'

/** The answer of a file operation as it came: a boundary file for a map, a sheet to look into. @throws Problem */
export const fetchFile = <T extends Operation>(operation: T, input: InputOf<T>, signal?: AbortSignal): Promise<Response> =>
  send(operation, requestOf(operation, input as Record<string, unknown>, signal ? { signal } : {}))

/** Fetches a file and hands it to the browser under the name the server gave. @throws Problem */
export async function download<T extends Operation>(operation: T, input: InputOf<T>, options: { name?: string; signal?: AbortSignal } = {}): Promise<void> {
  const response = await fetchFile(operation, input, options.signal)
  const url = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = url
  link.download = options.name ?? nameOf(response.headers.get('content-disposition') ?? '') ?? '下载'
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** The address of a file for `<img src>` and new windows; relative, the cookie goes with it. */
export const fileUrl = <T extends Operation>(operation: T, input: InputOf<T>): string => requestOf(operation, input as Record<string, unknown>).url

function nameOf(disposition: string): string | undefined {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  return encoded === undefined ? undefined : decodeURIComponent(encoded)
}

export interface UploadOptions {
  /** 0 to 1. */
  readonly onProgress?: (share: number) => void
  readonly key?: string
  readonly signal?: AbortSignal
}

/** Sends one file as the raw body. XMLHttpRequest, because fetch tells nothing about how far it is. @throws Problem */
export async function upload<T extends Operation>(operation: T, file: File, input: InputOf<T>, options: UploadOptions = {}): Promise<OutputOf<T>> {
  const { url, init } = requestOf(operation, input as Record<string, unknown>, options.key ? { key: options.key } : {})
  const headers = { ...init.headers, 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(file.name), 'x-file-type': file.type || 'application/octet-stream' }
  try {
    return await put<OutputOf<T>>(operation.method, url, headers, file, options)
  } catch (thrown) {
    const problem = asProblem(thrown)
    if (problem.status !== 401 || !(await askToSignIn())) throw problem
    return put<OutputOf<T>>(operation.method, url, headers, file, options)
  }
}

function put<R>(method: string, url: string, headers: Record<string, string>, file: File, options: UploadOptions): Promise<R> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method, url)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.onprogress = (event) => options.onProgress?.(event.total > 0 ? event.loaded / event.total : 0)
    request.onerror = () => {
      setOnline(false)
      reject(offlineProblem())
    }
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'))
    request.onload = () => {
      setOnline(true)
      const body = parse(request.responseText)
      if (request.status < 300) resolve(body as R)
      else reject(problemFrom(request, body))
    }
    options.signal?.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}

function problemFrom(request: XMLHttpRequest, body: unknown): Problem {
  if (body && typeof body === 'object' && 'code' in body && 'title' in body) return new Problem(body as ProblemBody)
  const requestId = request.getResponseHeader('x-request-id') ?? undefined
  return new Problem({ type: 'about:blank', code: 'common.bug', status: request.status, title: '文件没有传成，请再试一次', ...(requestId ? { requestId } : {}) })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
