import { messageOf, systemCodeOf } from '../../../core/errors.ts'

/** A failed connection in the words of Go's net and crypto packages, which the real programs print. */
export function goNetworkError(thrown: unknown, host: string, port: number): string {
  const code = systemCodeOf(thrown)
  const dial = `dial tcp ${host}:${port}`
  const verify = 'tls: failed to verify certificate: x509:'
  const known: Readonly<Record<string, string>> = {
    ECONNREFUSED: `${dial}: connect: connection refused`,
    EHOSTUNREACH: `${dial}: connect: no route to host`,
    ENOTFOUND: `dial tcp: lookup ${host}: no such host`,
    EAI_AGAIN: `dial tcp: lookup ${host}: no such host`,
    ETIMEDOUT: `${dial}: i/o timeout`,
    ECONNRESET: 'EOF',
    CERT_HAS_EXPIRED: `${verify} certificate has expired or is not yet valid`,
    ERR_TLS_CERT_ALTNAME_INVALID: `${verify} certificate is not valid for ${host}`,
    DEPTH_ZERO_SELF_SIGNED_CERT: `${verify} certificate signed by unknown authority`,
    SELF_SIGNED_CERT_IN_CHAIN: `${verify} certificate signed by unknown authority`,
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: `${verify} certificate signed by unknown authority`,
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: `${verify} certificate signed by unknown authority`,
    CERT_SIGNATURE_FAILURE: `${verify} certificate signed by unknown authority`
  }
  return (code === undefined ? undefined : known[code]) ?? messageOf(thrown)
}

/** Whether waiting a moment may help: nobody listens yet, or the listener went away in mid-answer. */
export function isPassingNetworkError(thrown: unknown): boolean {
  const code = systemCodeOf(thrown)
  return (
    code !== undefined && ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'EPIPE'].includes(code)
  )
}
