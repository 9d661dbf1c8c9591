/** A picture of 2 × 2 pixels in each format that the decoders of every installation read. Made by us, with sharp. */
export const decoderSamples: readonly { readonly format: string; readonly mimeType: string; readonly bytes: Buffer }[] =
  [
    {
      format: 'JPEG',
      mimeType: 'image/jpeg',
      bytes: base64(
        '/9j/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1u' +
          'pKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAARCAACAAIDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAA' +
          'AAT/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAABP/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/AJQChn//2Q==',
      ),
    },
    {
      format: 'PNG',
      mimeType: 'image/png',
      bytes: base64(
        'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAEklEQVQImWMwTptpnDaTAUIBAB/uBMm6iK1UAAAAAElF' +
          'TkSuQmCC',
      ),
    },
    {
      format: 'WebP',
      mimeType: 'image/webp',
      bytes: base64('UklGRjgAAABXRUJQVlA4ICwAAADwAQCdASoCAAIAAUAmJaACdLoB+AAETAAA/u+9V/43bjDfgu/33oDeBgAAAA=='),
    },
    {
      format: 'GIF',
      mimeType: 'image/gif',
      bytes: base64('R0lGODlhAgACAIAAAExpcTNmmSH5BAUAAAAALAAAAAACAAIAAAICjFMAOw=='),
    },
    {
      format: 'AVIF',
      mimeType: 'image/avif',
      bytes: base64(
        'AAAAHGZ0eXBhdmlmAAAAAG1pZjFhdmlmbWlhZgAAANZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAAAERAAAEA' +
          'AQAAAAAA+gABAAAAAAAAACMAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABhdjAxAAAAAA5waXRtAAAAAAABAAAAVmlwcnAAAAA4aXBjbwAAAAxhdjFD' +
          'gSACAAAAABRpc3BlAAAAAAAAAAIAAAACAAAAEHBpeGkAAAAAAwgICAAAABZpcG1hAAAAAAAAAAEAAQOBAgMAAAArbWRhdBIACgc4ADaQENBpMhYZQmMEwAA0' +
          'AACQQMkcYVdPizYnkb2A',
      ),
    },
    {
      format: 'TIFF',
      mimeType: 'image/tiff',
      bytes: base64(
        'SUkqABQAAAAzZpkzZpkzZpkzZpkPAAABAwABAAAAAgAAAAEBAwABAAAAAgAAAAIBAwADAAAA3gAAAAMBAwABAAAAAQAAAAYBAwABAAAAAgAAABEBBAABAAAA' +
          'CAAAABIBAwABAAAAAQAAABUBAwABAAAAAwAAABYBAwABAAAAAAEAABcBBAABAAAADAAAABoBBQABAAAAzgAAABsBBQABAAAA1gAAABwBAwABAAAAAQAAACgB' +
          'AwABAAAAAgAAAFMBAwADAAAA5AAAAAAAAAAzM8sAAAAIADMzywAAAAgACAAIAAgAAQABAAEA',
      ),
    },
    {
      format: 'SVG',
      mimeType: 'image/svg+xml',
      bytes: Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"><rect width="2" height="2" fill="#369"/></svg>',
      ),
    },
  ]

function base64(text: string): Buffer {
  return Buffer.from(text, 'base64')
}
