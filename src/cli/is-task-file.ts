/**
 * Whether a text in YAML is a task file rather than a pipeline, by the keys at the beginning of its lines: somebody who
 * checks all files of a folder means both.
 */
export function isTaskFile(text: string): boolean {
  return /^platform[ \t]*:/m.test(text) && !/^(?:jobs|resources)[ \t]*:/m.test(text)
}
