import { describe, expect, it } from 'vitest'
import { redact } from './redact.ts'

describe('redact', () => {
  it.each([
    ['{"accessKeyId":"me","secretAccessKey":"s3cr3t"}', 's3cr3t'],
    ["{ secretAccessKey: 's3cr3t' }", 's3cr3t'],
    ['AWS_SECRET_ACCESS_KEY=s3cr3t node', 's3cr3t'],
    ['sessionToken: s3cr3t', 's3cr3t'],
    ['Authorization: AWS4-HMAC-SHA256 Credential=x/20261121, Signature=s3cr3t', 's3cr3t'],
    ['"authorization":"Bearer s3cr3t"', 's3cr3t'],
    ['https://bucket.example/a?X-Amz-Signature=s3cr3t&x=1', 's3cr3t'],
    ['https://bucket.example/a?X-Amz-Credential=s3cr3t%2F2026', 's3cr3t'],
    ['https://someone:s3cr3t@example.com/', 's3cr3t'],
    ['key AKIAIOSFODNN7EXAMPLE was refused', 'AKIAIOSFODNN7EXAMPLE'],
  ])('hides the secret in %s', (text, secret) => {
    expect(redact(text)).not.toContain(secret)
  })

  it('hides known secrets wherever they stand', () => {
    expect(redact('sent hunter2 to the server', ['hunter2'])).toBe('sent [hidden] to the server')
  })

  it('leaves everything else as it is', () => {
    const text = 'Imported /home/me/key west/token.png in 3 s from https://example.com/a?b=c'
    expect(redact(text)).toBe(text)
  })
})
