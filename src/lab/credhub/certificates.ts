import { at, textAt } from '../../manifest/value.ts'
import { absolute, type Credential } from './credential.ts'
import { expiryOf, type Credhub } from './credhub.ts'

/** Who signed whom, as `GET /api/v1/certificates` tells it; of one certificate where a name is given. */
export function certificateMetadata(credhub: Credhub, name?: string): readonly object[] {
  const wanted = name === undefined ? undefined : absolute(name)
  return credhub
    .all()
    .filter(
      credential => credential.type === 'certificate' && (wanted ?? credential.name) === credential.name
    )
    .map(credential => ({
      id: credential.id,
      name: credential.name,
      signed_by: signerOf(credential),
      signs: credhub.signedBy(credential.name),
      versions: credhub.versions(credential.name).map(version => ({
        id: version.id,
        expiry_date: expiryOf(version),
        transitional: false,
        certificate_authority: at(version.parameters, 'is_ca') === true,
        self_signed: textAt(version.parameters, 'ca') === undefined
      }))
    }))
}

function signerOf({ name, parameters }: Credential): string {
  return textAt(parameters, 'ca') ?? (parameters === undefined ? '' : name)
}
