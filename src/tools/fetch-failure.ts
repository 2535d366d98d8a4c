import { systemCodeOf } from '../core/errors.ts'
import { UpstreamError } from './upstream-error.ts'

/**
 * What a failed `fetch` means. Node gives a TypeError whose causes tell (Node 20, undici); anything else is no failure of
 * the network, and comes back as it is.
 */
export function fetchFailure(url: string, thrown: unknown): unknown {
  if (thrown instanceof UpstreamError) return thrown
  const [failure, ...causes] = causesOf(thrown)
  if (failure?.name === 'TimeoutError') {
    return new UpstreamError('too-slow', `${url}: found no answer in time, expected one`, {
      hint: 'try again later'
    })
  }
  if (!(failure instanceof TypeError) || causes.length === 0) return thrown
  const deepest = causes.at(-1)
  const code = causes.map(systemCodeOf).find(found => found !== undefined)
  const said = [code, deepest?.message].filter(part => part !== undefined && part !== '').join(' ')
  if (code !== undefined && isCertificate(code)) {
    return new UpstreamError(
      'tls',
      `${url}: found ${said}, expected a certificate that this machine trusts`,
      {
        hint: 'trust the certificate of your proxy with NODE_EXTRA_CA_CERTS'
      }
    )
  }
  return new UpstreamError('network', `${url}: found ${said}, expected an answer`, {
    hint: 'look whether this machine reaches that host, and whether a proxy is needed'
  })
}

/** Codes of OpenSSL and of Node (https://nodejs.org/docs/latest-v20.x/api/tls.html#x509-certificate-error-codes). */
function isCertificate(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|ERR_SSL|EPROTO|HOSTNAME_MISMATCH/.test(code)
}

function causesOf(thrown: unknown): Error[] {
  const causes: Error[] = []
  for (let cause = thrown; cause instanceof Error && causes.length < 8; cause = cause.cause)
    causes.push(cause)
  return causes
}
