/** Of groups, in the order of the pipeline; told apart on light and on dark, and by people who see few colours. */
export const groupColours = [
  '#3b82c4',
  '#d97706',
  '#2a9d6f',
  '#b4559c',
  '#c0453b',
  '#7a6ee0',
  '#0e9aa7',
  '#9c7a2b'
] as const

/** The colour of a group. Beyond the eighth they come again. */
export function groupColour(index: number): string {
  return groupColours[index % groupColours.length] ?? groupColours[0]
}
