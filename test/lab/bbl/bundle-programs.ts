import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'

/** Bundles the lab's programs once: they start in a fraction of the time that their sources take. */
export async function bundlePrograms(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'programs-'))
  const root = dirname(dirname(dirname(import.meta.dirname)))
  await build({
    absWorkingDir: root,
    entryPoints: {
      bbl: 'src/lab/programs/bbl.ts',
      bosh: 'src/lab/programs/bosh.ts',
      terraform: 'src/lab/programs/terraform.ts',
      credhub: 'src/lab/programs/credhub.ts',
      labcloud: 'src/lab/programs/labcloud.ts',
      service: 'test/lab/director/director-service.ts'
    },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module';const require = makeRequire(import.meta.url);"
    }
  })
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  return folder
}
