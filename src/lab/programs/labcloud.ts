import { runAsProcess } from './common/program.ts'

await runAsProcess('labcloud', process, async () => (await import('./labcloud/main.ts')).labcloud)
