import { createHash } from 'node:crypto'
import { provenanceOf } from '../../src/release/provenance.ts'

const [name, text] = ['kubo-0.44.0+silk.1', 'no release, but proven']

/** The output of create-cfcr-release as far as its provenance goes: path → text. No Director would take the tarball. */
export const provenRelease: Readonly<Record<string, string>> = {
  [`cfcr-release/${name}.tgz`]: text,
  [`cfcr-release/${name}.provenance.json`]: provenanceOf({
    version: '0.44.0+silk.1',
    tarball: { name: `${name}.tgz`, sha256: createHash('sha256').update(text).digest('hex') },
    upstream: { version: '0.44.0', commit: 'a', origin: undefined, blobs: '{}' },
    revision: 1,
    files: [],
    tools: {},
    time: '2026-01-01T00:00:00Z'
  })
}
