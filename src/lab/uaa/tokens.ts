import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto'

/** What a token says. */
export interface Claims {
  readonly jti: string
  readonly scope: readonly string[]
  readonly client_id: string
  readonly user_name?: string
  readonly exp: number
}

/** Issues and reads JSON web tokens (RFC 7519). They outlive a restart, since the UAA keeps its key. */
export class Tokens {
  readonly #secret: Buffer
  readonly #revoked = new Set<string>()

  constructor(key: string) {
    this.#secret = createHash('sha256').update(key).digest()
  }

  issue(seconds: number, claims: Omit<Claims, 'jti' | 'exp'>): { token: string; jti: string } {
    const jti = randomUUID().replaceAll('-', '')
    const exp = Math.floor(Date.now() / 1000) + seconds
    const parts = [
      { alg: 'HS256', typ: 'JWT' },
      { jti, exp, ...claims }
    ]
    const signed = parts.map(part => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
    return { token: `${signed}.${this.#sign(signed).toString('base64url')}`, jti }
  }

  /** The claims of a token that we issued and that is still good; undefined for any other. */
  read(token: string): Claims | undefined {
    const [head = '', body = '', signature = ''] = token.split('.')
    const expected = this.#sign(`${head}.${body}`)
    const given = Buffer.from(signature, 'base64url')
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Claims
    return claims.exp * 1000 <= Date.now() || this.#revoked.has(claims.jti) ? undefined : claims
  }

  /** As `read`, from the header `Authorization: Bearer …`. */
  readHeader(header: string | undefined): Claims | undefined {
    const [, token] = /^bearer (.+)$/i.exec(header ?? '') ?? []
    return token === undefined ? undefined : this.read(token)
  }

  revoke(jti: string): void {
    this.#revoked.add(jti)
  }

  #sign(signed: string): Buffer {
    return createHmac('sha256', this.#secret).update(signed).digest()
  }
}
