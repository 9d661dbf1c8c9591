import type { IncomingMessage } from 'node:http'

/** More than this no server says of one request. */
const LONGEST_REFUSAL = 64 * 1024

/** An answer that is an error, in the shape in which the SDK throws one: `toRemoteError` reads both. */
export class RefusedRequest extends Error {
  readonly $metadata: { readonly httpStatusCode: number }
  readonly Region: string | undefined
  readonly $response: { readonly statusCode: number; readonly headers: IncomingMessage['headers'] }

  constructor(status: number, headers: IncomingMessage['headers'], text: string) {
    super(elementOf(text, 'Message') ?? `Status ${status}`)
    this.name = elementOf(text, 'Code') ?? 'Unknown'
    this.$metadata = { httpStatusCode: status }
    this.Region = elementOf(text, 'Region')
    this.$response = { statusCode: status, headers }
  }
}

/** Reads what a server says of a request that it does not do. Source: AWS, "Amazon S3 API Reference", Error Responses. */
export async function refusalOf(answer: IncomingMessage): Promise<RefusedRequest> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      size += chunk.length
      if (size > LONGEST_REFUSAL) break
    }
  } catch {
    // What has arrived says enough, or the status does.
  }
  return new RefusedRequest(answer.statusCode ?? 0, answer.headers, Buffer.concat(chunks).toString('utf8'))
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** The text of the first element of this name that has nothing but text. */
function elementOf(xml: string, name: string): string | undefined {
  const begin = xml.indexOf(`<${name}>`)
  const end = xml.indexOf('<', begin + 1)
  if (begin < 0 || !xml.startsWith(`</${name}>`, end)) return undefined
  return xml
    .slice(begin + name.length + 2, end)
    .replaceAll(/&(lt|gt|amp|quot|apos);/g, (_, entity: string) => ENTITIES[entity] ?? '')
}
