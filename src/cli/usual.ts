// What it takes to check and to emit a pipeline. Every command loads it, as one file: that is quicker than the many small
// ones into which it falls apart when each command has but its own share.
import '../causeway.ts'
import '../report/findings-text.ts'
import './author-pipeline.ts'
import './check-files.ts'
import './commands/emit-file.ts'
import './program-findings.ts'
import './show-findings.ts'
