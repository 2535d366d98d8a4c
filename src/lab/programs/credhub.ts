import { runAsProcess } from './common/program.ts'

await runAsProcess('credhub', process, async () => (await import('./credhub/main.ts')).credhub)
